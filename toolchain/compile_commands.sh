#!/bin/sh
# Writes compile_commands.json for editors: ./bazelw run //toolchain:compile_commands
#
# Asks Bazel for its compile actions, so it cannot disagree with the build. Each first-party source has one entry: as
# part of the guest or of a static program if it is in one, else as part of its test.
set -eu
cd "${BUILD_WORKSPACE_DIRECTORY:?run me by ./bazelw run //toolchain:compile_commands}"
external=$(./bazelw info --noshow_progress output_base 2> /dev/null)/external
scratch=$(mktemp)
trap 'rm -f "$scratch"' EXIT
trap 'exit 130' INT TERM
./bazelw aquery --noshow_progress --output=text 'mnemonic("CppCompile", deps(//...))' > "$scratch"

awk -v external="$external" -v folder="$PWD" '
  function json(text) { gsub(/[\\"]/, "\\\\&", text); return "\"" text "\"" }
  function keep() {
    if (file == "" || file ~ /^external\// || command ~ /-fsanitize/) return
    # Later entries win: those that ship.
    if (!(file in entry)) order[++count] = file
    else if (command !~ /linux-musl/) return
    entry[file] = command
  }
  /^action / { keep(); file = ""; command = "" }
  /^  Command Line: \(exec / { inside = 1; sub(/^  Command Line: \(exec /, "") }
  inside {
    line = $0
    sub(/^ */, "", line)
    inside = sub(/ \\$/, "", line)
    if (!inside) sub(/\)$/, "", line)
    # Outputs and dependency files are of no interest to an editor.
    if (skip) { skip = 0; next }
    if (line == "-MF" || line == "-o") { skip = 1; next }
    if (line == "-MD" || line ~ /-frandom-seed=/) next
    if (last == "-c") file = line
    last = line
    # The folder external/ below the execution root holds only what the last build wanted.
    sub(/^external\//, external "/", line)
    sub(/=external\//, "=" external "/", line)
    command = command (command == "" ? "" : " ") line
  }
  END {
    keep()
    print "["
    for (i = 1; i <= count; i++)
      printf "  {\"directory\": %s, \"file\": %s, \"command\": %s}%s\n", json(folder), json(order[i]),
        json(entry[order[i]]), (i < count ? "," : "")
    print "]"
  }' "$scratch" > compile_commands.json
entries=$(grep -c '"directory"' compile_commands.json || :)
[ "$entries" -gt 0 ] || { echo "compile_commands: Bazel named no compile action" >&2; exit 1; }
echo "compile_commands.json: $entries sources"
