#!/bin/sh
# Runs bazelw on made-up machines: a PATH of links, with a bazel that tells what it was given.
set -u
bazelw=$PWD/bazelw
cd "$TEST_TMPDIR"
failed=0

# machine NAME TOOL...: a PATH with the usual tools and these.
machine() {
  bin=$TEST_TMPDIR/$1
  mkdir -p "$bin"
  shift
  for tool in sh awk cat cut df dpkg-deb find grep id kill realpath sed sleep tar uname xargs xz env "$@"; do
    case $tool in
      bazel | bazelisk)
        cat > "$bin/$tool" <<'BAZEL'
#!/bin/sh
case " $* " in
  *' query '*) echo //x:needs_it; exit ;;
  *' --version '*) echo "bazel ${VERSION:-no_version}"; exit ;;
  *' hang '*) trap 'echo got TERM; exit 8' TERM; echo hanging; while :; do sleep 0.1; done ;;
esac
[ "${USE_BAZEL_VERSION:-}" ] && echo "version=$USE_BAZEL_VERSION"
printf 'arg=%s\n' "$@"
exit "${STATUS:-0}"
BAZEL
        chmod +x "$bin/$tool" ;;
      apt-get | sudo | npm)
        printf '#!/bin/sh\necho %s "$@"\n' "$tool" > "$bin/$tool"
        chmod +x "$bin/$tool" ;;
      *) ln -sf "$(command -v "$tool")" "$bin/$tool" ;;
    esac
  done
}
# on NAME ARGUMENTS...: output of both streams in $out, exit status in $status.
on() {
  name=$1
  shift
  out=$(env -i PATH="$TEST_TMPDIR/$name" HOME="$TEST_TMPDIR" ${extra:-} "$bazelw" "$@" 2>&1)
  status=$?
}
says() {
  case $out in *"$2"*) echo "ok: $1" ;; *)
    printf 'FAILED: %s\nwanted: %s\nfound: %s\n' "$1" "$2" "$out"
    failed=1 ;;
  esac
}
is() {
  if [ "$2" = "$3" ]; then echo "ok: $1"; else
    printf 'FAILED: %s\nwanted: %s\nfound: %s\n' "$1" "$2" "$3"
    failed=1
  fi
}

machine full bazel apt-get npm
on full build '//a b' --flag=1
says 'arguments go straight through' 'arg=build
arg=//a b
arg=--flag=1'
extra=STATUS=7 on full build //a
is 'the exit status comes back' 7 "$status"
extra=VERSION=7.4.1 on full build //a
says 'a newer Bazel is told of WORKSPACE' since_7.bazelrc

machine isk bazelisk apt-get npm
on isk build //a
says 'bazelisk gets a version that works' 'version=4.2.3'

machine nonpm bazel apt-get
extra='STATUS=3' on nonpm --batch test //a:b
is 'a test run keeps its exit status' 3 "$status"
says 'the filter follows the command' 'arg=--batch
arg=test
arg=--test_tag_filters='
says 'tests that want npm are named first' 'bazelw: leaving out'
says 'and last' 'bazelw: left out'
says 'with the reason' 'npm is not installed'
says 'by name' '//x:needs_it'
on nonpm test --config=nokvm //a
says 'the filter overrides the one of nokvm' 'arg=--config=nokvm
arg=--test_tag_filters=-kvm,-npm'

if (: <> /dev/kvm) 2> /dev/null; then
  on full test --config=kvm //a
  is 'KVM is there' 0 "$status"
  says 'so nothing is filtered' 'arg=test
arg=--config=kvm
arg=//a'
else
  on full test --config=kvm //a
  is 'KVM is demanded, but missing' 1 "$status"
  on full test //a
  says 'tests that want KVM are left out' 'arg=--test_tag_filters=-kvm'
  says 'aloud' 'bazelw: left out'
fi

machine noxz bazel apt-get sudo npm
rm "$TEST_TMPDIR/noxz/xz"
on noxz build //a
says 'a missing tool is named' 'missing: xz-utils; installing it'
says 'and installed' 'apt-get -q install -y --no-install-recommends xz-utils'
says 'and Bazel runs' 'arg=build'

machine empty apt-get sudo
on empty build //a
says 'it says that it installs Bazel' 'missing: bazel-bootstrap; installing it'
says 'and does, by apt' 'apt-get -q install -y --no-install-recommends bazel-bootstrap'
is 'and complains if there still is none' 1 "$status"

machine noapt npm
on noapt build //a
is 'without apt it ends' 1 "$status"
says 'with the reason' "missing (by the names of Debian's packages): bazel-bootstrap"
says 'and the remedy' 'remedy: install them'

# A signal to the script must reach Bazel even when there is something to report afterwards.
env -i PATH="$TEST_TMPDIR/nonpm" HOME="$TEST_TMPDIR" "$bazelw" test hang > "$TEST_TMPDIR/hang" 2>&1 &
child=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  grep -q hanging "$TEST_TMPDIR/hang" && break
  sleep 0.2
done
kill -TERM "$child"
wait "$child"
is 'a signal reaches Bazel, and its status comes back' 8 $?
out=$(cat "$TEST_TMPDIR/hang")
says 'the signal was seen' 'got TERM'
exit $failed
