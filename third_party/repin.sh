#!/bin/sh
# Pins the packages of //third_party:lock.bzl anew, out of the signed index of this machine's apt sources. npm's, which never
# change, stay as they are.
#
#   ./bazelw run //third_party:repin                       every package at its present version
#   ./bazelw run //third_party:repin -- NAME src:NAME ...  also these new ones (binary, source)
#
# A version of the frozen suite wins over newer ones of its updates and security suites: those are replaced at any
# time and vanish from the archive, a frozen one stays until the next point release.
set -eu
workspace=${BUILD_WORKSPACE_DIRECTORY:?run me by ./bazelw run //third_party:repin}
lock=$workspace/third_party/lock.bzl
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
cd "$scratch"
conf=$("$workspace/third_party/get_package.sh" index)

# Names to pin, as "binary NAME" or "source NAME".
{
  awk '/^BINARY/ { kind = "binary" } /^SOURCE/ { kind = "source" }
       /^    "/ { split($0, part, "\""); print kind, part[2] }' "$lock"
  for name in "$@"; do
    case $name in src:*) echo "source ${name#src:}" ;; *) echo "binary $name" ;; esac
  done
} | sort -u > names

# Index files as "rank kind file"; rank 0 is the frozen suite, whose code name has no dash.
APT_CONFIG=$conf apt-get indextargets --format '$(CODENAME) $(ORIGIN) $(CREATED_BY) $(FILENAME)' |
  awk '$2 == "Debian" && ($3 == "Packages" || $3 == "Sources") {
         print ($1 ~ /-/), ($3 == "Packages" ? "binary" : "source"), $4 }' | sort > indexes
[ -s indexes ] || { echo "repin: apt lists no Debian sources on this machine" >&2; exit 1; }

while read -r rank kind file; do
  printf 'Rank: %s %s\n\n' "$rank" "$kind"
  APT_CONFIG=$conf /usr/lib/apt/apt-helper cat-file "$file"
done < indexes | awk -v lock="$scratch/lock" '
  function flush(   key, n, i, part) {
    key = kind " " (kind == "source" ? field["Package"] : field["Package"])
    # The first rank that knows a package wins; within a rank the last record, which is the newest.
    if (key in wanted && (field["Architecture"] ~ /^(amd64|all)$/ || kind == "source") &&
        (!(key in rank_of) || rank_of[key] == rank)) {
      rank_of[key] = rank
      if (kind == "binary") {
        line[key] = sprintf("\"version\": \"%s\", \"architecture\": \"%s\", \"path\": \"%s\", \"size\": %s, \"sha256\": \"%s\"",
          field["Version"], field["Architecture"], field["Filename"], field["Size"], field["SHA256"])
      } else {
        n = split(sums, part, " ")
        for (i = 3; i <= n; i += 3)
          if (part[i] ~ /\.orig\.tar\.[a-z0-9]+$/)
            line[key] = sprintf("\"version\": \"%s\", \"path\": \"%s/%s\", \"size\": %s, \"sha256\": \"%s\"",
              field["Version"], field["Directory"], part[i], part[i - 1], part[i - 2])
      }
    }
    split("", field); sums = ""
  }
  BEGIN { while ((getline name < "names") > 0) { wanted[name]; order[++count] = name } }
  /^Rank: / { rank = $2; kind = $3; next }
  /^$/ { if ("Package" in field) flush(); next }
  /^[^ ]/ { at = index($0, ":"); name = substr($0, 1, at - 1); field[name] = substr($0, at + 2); next }
  name == "Checksums-Sha256" { sums = sums $0 }
  END {
    if ("Package" in field) flush()
    print "\"\"\"Pinned packages, written by ./bazelw run //third_party:repin. Do not edit.\"\"\"" > lock
    for (i = 1; i <= count; i++) {
      split(order[i], part, " ")
      if (part[1] != last) print (last ? "}" : "") "\n" toupper(part[1]) " = {" > lock
      last = part[1]
      if (!(order[i] in line)) { print "repin: no " order[i] " in the index" > "/dev/stderr"; failed = 1; continue }
      print "    \"" part[2] "\": {" line[order[i]] "}," > lock
    }
    print "}" > lock
    exit failed
  }'
changes=$(diff "$lock" "$scratch/lock" | grep -c '^>' || :)
cp "$scratch/lock" "$lock"
echo "repin: $(grep -c sha256 "$lock") packages pinned, $changes changed"
