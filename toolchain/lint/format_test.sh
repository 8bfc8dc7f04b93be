#!/bin/sh
# Checks the format of every first-party file of one kind, whether Bazel knows it or not.
#
#   format_test.sh c++ CLANG_FORMAT | build BUILDIFIER
#
# It reads the workspace itself, through the WORKSPACE file in its runfiles. Bazel cannot see these inputs, so the test is
# tagged external: it always runs, and no result of it is ever taken from a cache.
set -eu
kind=$1
tool=$PWD/$2
workspace=$(readlink -f WORKSPACE)
cd "${workspace%/*}"

list() {
  # bazel-* are links, which find does not follow.
  find . -path ./.git -prune -o -type f \( "$@" \) -print | sort > "$TEST_TMPDIR/files"
  [ -s "$TEST_TMPDIR/files" ] || { echo "no files found in $PWD" >&2; exit 1; }
}

status=0
case $kind in
  c++)
    list -name '*.cc' -o -name '*.h' -o -name '*.c'
    # clang-format shows every place; its line is enough.
    xargs "$tool" --dry-run --Werror --style=file < "$TEST_TMPDIR/files" 2> "$TEST_TMPDIR/found" || status=$?
    sed -n 's/^\([^ ]*:[0-9]*\):[0-9]*: error:.*/\1: not as clang-format wants it/p' "$TEST_TMPDIR/found" | uniq ;;
  build)
    list -name BUILD -o -name '*.BUILD' -o -name '*.bzl' -o -name WORKSPACE
    # These want rules from repositories that the Bazel of Debian has no use for.
    xargs "$tool" -mode=check -lint=warn \
      -warnings=-native-cc-common,-native-cc-info,-native-sh-binary,-native-sh-test,-native-sh-library \
      < "$TEST_TMPDIR/files" || status=$? ;;
esac
echo "$(wc -l < "$TEST_TMPDIR/files") files looked at"
[ "$status" = 0 ] || {
  echo "remedy: ./bazelw run //toolchain/lint:fix" >&2
  exit 1
}
