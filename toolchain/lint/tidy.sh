#!/bin/sh
# Writes what clang-tidy says about a source into a report, which stays empty if that is nothing: the action of
# //toolchain/lint:tidy_test.bzl. A source that does not compile is a finding too.
#
#   tidy.sh CLANG_TIDY CONFIG CHECKS REPORT SOURCE FLAGS...
#
# CHECKS are added to those of CONFIG; a minus takes one away.
set -u
clang_tidy=$1 config=$2 checks=$3 report=$4 source=$5
shift 5
if "$clang_tidy" --quiet --config-file="$config" --checks="$checks" "$source" -- "$@" > "$report" 2> "$report.errors"; then
  : > "$report"
else
  # clang-tidy counts suppressed warnings on its error stream; only what it fails by is of interest.
  grep -v 'warnings generated\|warnings treated as errors\|Suppressed' "$report.errors" >> "$report"
  # Paths as a compiler says them, not those of the sandbox.
  sed -i "s|$PWD/||g" "$report"
  [ -s "$report" ] || echo "$source: clang-tidy failed without a word" > "$report"
fi
rm -f "$report.errors"
