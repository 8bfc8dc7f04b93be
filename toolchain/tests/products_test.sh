#!/bin/sh
# Looks at what the toolchain makes for Linux and for the guest.
#
#   products_test.sh LIBRARY_FEATURES KERNEL_PROBE LLVM_FOLDER
set -u
features=$1 probe=$2 llvm=$3
failed=0
check() {
  if [ "$2" = "$3" ]; then echo "ok: $1"; else
    printf 'FAILED: %s\nexpected: %s\nfound: %s\n' "$1" "$2" "$3"
    failed=1
  fi
}

# A static Linux program: C++ library, threads, thread-local storage, clock, kernel headers.
check 'the library works' 'arguments 2 word
map 3
expected 7 is odd
format  3.250 0xff
threads 14
clock 1
kvm 12' "$("$features" word)"
check 'it is static' '' "$("$llvm/llvm-readelf" --program-headers "$features" | grep INTERP)"
check 'no path of the machine is in it' '' "$(grep -aoE '/(home|root|tmp|dev/shm|work|var)/[a-z]+' "$features" | grep -v '^/dev/shm' | head -n 3)"

# The guest: memory functions come from the C library, and nothing else of it.
check 'the guest has what it named' '_start buffer length memcpy memmove memset strlen' \
  "$("$llvm/llvm-nm" --extern-only --format=just-symbols "$probe" | sort | xargs)"
check 'the guest has no unwind tables' '' "$("$llvm/llvm-readelf" --sections "$probe" | grep eh_frame)"
exit $failed
