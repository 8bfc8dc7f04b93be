#!/bin/sh
# Proves that two checkouts at different paths give the same bytes.
#
#   ci/reproducible.sh                    clones HEAD twice, builds both without any common cache, compares
#   ci/reproducible.sh CHECKOUT CHECKOUT  compares two that are built
#
# Compared are the images and the monitor, with all files that their builds leave; not their tests, which do not ship.
set -eu
# Nothing builds an appliance in other formats than ELF unless it is named.
targets='//images/... //vmm/...'
for format in bzimage efi esp gce.tar.gz img iso memory_img multiboot qcow2 sparse.vmdk vhd vmdk; do
  targets="$targets //images/hello:hello.$format"
done
folders='images vmm'
root=$(cd "${0%/*}/.." && pwd)
scratch=$(mktemp -d /var/tmp/torito-reproducible.XXXXXX)
servers=''
clean() {
  for checkout in $servers; do
    (cd "$checkout" && ./bazelw --output_user_root="$checkout.out" shutdown) > /dev/null 2>&1 || :
  done
  chmod -R u+w "$scratch"
  rm -rf "$scratch"
}
trap clean EXIT
trap 'exit 130' HUP INT TERM

# The digests of what a checkout's build left, by name. Left out: runfiles (links to other outputs), and lists of
# absolute paths that Bazel makes for them.
digests() {
  (cd "$1/bazel-bin/" && for folder in $folders; do
    find -L "$folder" -name '*.runfiles' -prune -o -type f ! -name '*.runfiles_manifest' ! -name MANIFEST -print
  done | LC_ALL=C sort | xargs -d '\n' sha256sum)
}

if [ $# = 2 ]; then
  first=$1 second=$2
elif [ $# = 0 ]; then
  first=$scratch/here second=$scratch/a/longer/path/elsewhere
  repositories=$(cd "$root" && ./bazelw info repository_cache 2> /dev/null)
  for checkout in "$first" "$second"; do
    git clone -q "$root" "$checkout"
    servers="$servers $checkout"
    echo "reproducible: building $targets in $checkout"
    (
      cd "$checkout"
      bazel() { ./bazelw --output_user_root="$checkout.out" "$@"; }
      all=$(echo "$targets" | sed 's/ / + /g')
      tests=$(bazel query --noshow_progress --repository_cache="$repositories" \
        "tests($all) + attr(testonly, 1, $all)" | sed 's/^/-/')
      # shellcheck disable=SC2086
      bazel build --noshow_progress --repository_cache="$repositories" -- $targets $tests
    )
  done
else
  sed -n 's/^#   //p' "$0" >&2
  exit 2
fi

digests "$first" > "$scratch/first"
digests "$second" > "$scratch/second"
count=$(wc -l < "$scratch/first")
if [ "$count" -lt 10 ]; then
  echo "reproducible: FAILED: only $count files in $first: is it built?" >&2
  exit 1
fi
if ! diff "$scratch/first" "$scratch/second"; then
  echo "reproducible: FAILED: the files above differ between $first and $second" >&2
  exit 1
fi
echo "reproducible: $count files of $targets have the same bytes in both checkouts"
