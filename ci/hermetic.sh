#!/bin/sh
# Builds and tests everything with nothing of this machine but a shell and Bazel: in a mount namespace of its own,
# compilers, linkers, headers, libraries to link with, emulators and firmware are covered, and there is no network. All
# packages come from Bazel's repository cache, so a normal build must have filled it before.
#
#   ci/hermetic.sh [CHECKOUT]
#
# CHECKOUT is where HEAD is cloned to and stays, for ci/reproducible.sh; by default it is thrown away. Root, or a kernel
# that gives users namespaces of their own, is wanted.
set -eu

covered_folders='/usr/include /usr/local/include /usr/lib/bfd-plugins /usr/lib/clang /usr/lib/gcc /usr/lib/ipxe /usr/lib/llvm-*
  /usr/lib/x86_64-linux-gnu/qemu /usr/share/OVMF /usr/share/ovmf /usr/share/qemu /usr/share/seabios'
covered_files='/usr/bin/*g++* /usr/bin/*gcc* /usr/bin/ar /usr/bin/as /usr/bin/c++ /usr/bin/cc /usr/bin/clang*
  /usr/bin/cpp* /usr/bin/ld /usr/bin/ld.* /usr/bin/lld* /usr/bin/llvm-* /usr/bin/nm /usr/bin/objcopy /usr/bin/objdump
  /usr/bin/grub-* /usr/bin/mtools /usr/bin/qemu* /usr/bin/strip /usr/bin/x86_64-linux-gnu-* /usr/bin/xorriso /usr/lib/x86_64-linux-gnu/*.a
  /usr/lib/x86_64-linux-gnu/*crt*.o /usr/lib/x86_64-linux-gnu/libLLVM* /usr/lib/x86_64-linux-gnu/libclang*
  /usr/sbin/*fat* /usr/sbin/sgdisk'

cover() {
  folders=0 files=0
  for folder in $covered_folders; do
    [ -d "$folder" ] || continue
    mount -t tmpfs -o size=4k none "$folder"
    folders=$((folders + 1))
  done
  for file in $covered_files; do
    # The loader of all programs also has a name among the linkers.
    case $file in */ld.so) continue ;; esac
    # A link into a covered folder leads nowhere already.
    file=$(readlink -f "$file") || continue
    [ -f "$file" ] && [ -s "$file" ] || continue
    case $file in /dev/null) continue ;; esac
    mount --bind /dev/null "$file"
    files=$((files + 1))
  done
  echo "hermetic: covered $folders folders and $files files of this machine"
  for tool in cc gcc g++ clang clang-19 c++ ld ld.lld as qemu-system-x86_64; do
    if "$tool" --version > /dev/null 2>&1; then
      echo "hermetic: FAILED: $tool still works" >&2
      exit 1
    fi
  done
  if [ "$(ls /usr/include)" ]; then
    echo "hermetic: FAILED: /usr/include is not empty" >&2
    exit 1
  fi
  networks=$(sed '1,2d; s/:.*//' /proc/net/dev | xargs)
  if [ "$networks" != lo ]; then
    echo "hermetic: FAILED: there still are the networks $networks" >&2
    exit 1
  fi
  echo "hermetic: no compiler, linker, header or emulator answers; no network"
}

if [ "${1:-}" = --inside ]; then
  checkout=$2 repositories=$3
  cover
  # Bazel talks to its server by the loopback device, which starts switched off.
  ip link set lo up
  cd "$checkout"
  bazel() { ./bazelw --output_user_root="$checkout.out" "$@"; }
  trap 'bazel shutdown > /dev/null 2>&1' EXIT
  bazel test --noshow_progress --repository_cache="$repositories" //...
  exit
fi

root=$(cd "${0%/*}/.." && pwd)
cd "$root"
for tool in git ip unshare; do
  command -v "$tool" > /dev/null || {
    echo "hermetic: FAILED: no $tool on this machine; remedy: install git, iproute2 and util-linux" >&2
    exit 1
  }
done
repositories=$(./bazelw info repository_cache 2> /dev/null)
if [ ! -d "$repositories" ]; then
  echo "hermetic: FAILED: no repository cache in $repositories: run ./bazelw test //... first" >&2
  exit 1
fi
scratch=''
if [ $# -ge 1 ]; then
  checkout=$1
else
  scratch=$(mktemp -d /var/tmp/torito-hermetic.XXXXXX)
  checkout=$scratch/checkout
fi
clean() {
  if [ "$scratch" ]; then
    chmod -R u+w "$scratch"
    rm -rf "$scratch"
  fi
}
trap clean EXIT
trap 'exit 130' HUP INT TERM
git clone -q "$root" "$checkout"
[ -z "$(git status --porcelain)" ] || echo "hermetic: note: changes that are not committed are not looked at"

[ "$(id -u)" = 0 ] && as_root='' || as_root='--map-root-user'
# shellcheck disable=SC2086
unshare $as_root --mount --net --propagation private "$root/ci/hermetic.sh" --inside "$checkout" "$repositories" || {
  echo "hermetic: FAILED (see above)" >&2
  exit 1
}
echo "hermetic: everything built and passed in $checkout"
