#!/bin/sh
# Compiles many files of one language into one archive: the action of //toolchain:batch_library.bzl.
#
#   batch_compile.sh CLANG AR ARCHIVE ROOT FLAGS... -- SOURCES...
#
# ROOT is the repository in which the sources lie.
set -eu
clang=$1 ar=$2 archive=$3 root=$4
shift 4

# The flags go into a response file, quoted as the driver does.
work=$archive.work
mkdir -p "$work"
: > "$work/flags"
while [ "$1" != -- ]; do
  printf '"%s"\n' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')" >> "$work/flags"
  shift
done
shift

# Many inputs and no -o: the frontend puts each object beside its source, so the sources must lie where it may write.
# Their folders come along for what they include by "neighbour.h".
cp -rL "$root" "$work/tree"
chmod -R u+w "$work/tree"
inside() { printf '%s\n' "$work/tree/${1#"$root"/}"; }
map=-fmacro-prefix-map=$work/tree/=

case $1 in
  *.s | *.S)
    # The assembler takes one file at a time.
    for source in "$@"; do
      file=$(inside "$source")
      "$clang" @"$work/flags" -c "$file" -o "${file%.*}.o"
    done ;;
  *)
    # The last line of -### is the frontend's command for the first file. What belongs to that file alone goes away,
    # and so does -disable-free: memory of one file is wanted for the next.
    "$clang" @"$work/flags" "$map" -### -c "$(inside "$1")" -o /dev/null 2>&1 | tail -n 1 |
      sed -e 's/^ *"[^"]*" //' -e 's/ "-main-file-name" "[^"]*"//' -e 's/ "-disable-free"//' \
        -e 's/ "-o" "\/dev\/null"//' -e 's/ "[^"]*"$//' > "$work/frontend"
    grep -q '^"-cc1".* "-x" "c[+]*"$' "$work/frontend" || {
      echo "batch_compile: not a frontend's command:" >&2
      cat "$work/frontend" >&2
      exit 1
    }
    for source in "$@"; do inside "$source"; done > "$work/sources"
    sed 's/^"-cc1"//' "$work/frontend" > "$work/frontend.flags"
    "$clang" -cc1 @"$work/frontend.flags" @"$work/sources" ;;
esac

for source in "$@"; do
  file=$(inside "$source")
  printf '%s\n' "${file%.*}.o"
done > "$work/objects"
"$ar" qcsD "$archive" @"$work/objects"
rm -rf "$work"
