#!/bin/sh
# check_report.sh TEXT... -- PROGRAM ARGUMENTS...: PROGRAM must fail, and say every TEXT.
expected=$TEST_TMPDIR/expected report=$TEST_TMPDIR/report
: > "$expected"
while [ "$1" != -- ]; do
  printf '%s\n' "$1" >> "$expected"
  shift
done
shift

"$@" > "$report" 2>&1
status=$?
cat "$report"
[ "$status" != 0 ] || {
  echo "FAILED: the program ended well" >&2
  exit 1
}
while read -r text; do
  grep -qF -- "$text" "$report" || {
    echo "FAILED: the report (exit status $status) does not say: $text" >&2
    exit 1
  }
done < "$expected"
