"""Which pinned packages make which repository; their versions and hashes stand in lock.bzl.

Each list is closed: deb_archive fails when a tool would use a library from outside.
"""

_C_LIBRARIES = ["libc6", "libgcc-s1", "libstdc++6"]

# libcurl4, which llvm-symbolizer and llvm-cov link for debuginfod, would bring 22 packages that change with every
# point release. A build never fetches debug information, so @llvm gets a libcurl that refuses (repositories.bzl).
LLVM = _C_LIBRARIES + [
    "clang-19",
    "clang-format-19",
    "clang-tidy-19",
    "libbsd0",
    "libclang-common-19-dev",
    "libclang-cpp19",
    "libclang-rt-19-dev",
    "libclang1-19",
    "libedit2",
    "libffi8",
    "libicu72",
    "libllvm19",
    "liblzma5",
    "libmd0",
    "libtinfo6",
    "libxml2",
    "libz3-4",
    "libzstd1",
    "lld-19",
    "llvm-19",
    "zlib1g",
]

# What host tests and sanitized programs are compiled against, and run on.
SYSROOT = _C_LIBRARIES + [
    "libc++-19-dev",
    "libc++abi-19-dev",
    "libc6-dev",
    "libcrypt-dev",
    "libcrypt1",
    "libgcc-12-dev",
    "libstdc++-12-dev",
    "libunwind-19-dev",
    "linux-libc-dev",
]

GOOGLETEST = ["googletest"]

# The kernel's user API alone, for programs on musl.
LINUX_HEADERS = ["linux-libc-dev"]

# The guest of nested tests.
LINUX_KERNEL = ["linux-image-6.1.0-50-cloud-amd64"]

OVMF = ["ovmf"]

# qemu-system-x86_64 is linked with all of these; libssl3 (of which it wants libcrypto, by way of libkmod and libsasl) is
# the only one that changes often.
QEMU = [
    "libaio1",
    "libblkid1",
    "libbpf1",
    "libc6",
    "libcapstone4",
    "libdaxctl1",
    "libelf1",
    "libfdt1",
    "libffi8",
    "libfuse3-3",
    "libgcc-s1",
    "libglib2.0-0",
    "libgmp10",
    "libgnutls30",
    "libhogweed6",
    "libibverbs1",
    "libidn2-0",
    "libjpeg62-turbo",
    "libkmod2",
    "liblzma5",
    "libmount1",
    "libndctl6",
    "libnettle8",
    "libnl-3-200",
    "libnl-route-3-200",
    "libnuma1",
    "libp11-kit0",
    "libpcre2-8-0",
    "libpixman-1-0",
    "libpmem1",
    "libpng16-16",
    "librdmacm1",
    "libsasl2-2",
    "libseccomp2",
    "libselinux1",
    "libslirp0",
    "libssl3",
    "libtasn1-6",
    "libudev1",
    "libunistring2",
    "liburing2",
    "libuuid1",
    "libvdeplug2",
    "libzstd1",
    "qemu-system-common",
    "qemu-system-data",
    "qemu-system-x86",
    "qemu-utils",
    "seabios",
    "zlib1g",
]

# What makes file systems, partition tables and CDs, and what checks them: a maker is never its own judge.
DISK_TOOLS = _C_LIBRARIES + [
    "dosfstools",
    "gdisk",
    "gzip",
    "libacl1",
    "libbz2-1.0",
    "libburn4",
    "libisoburn1",
    "libisofs6",
    "libjte2",
    "libpcre2-8-0",
    "libpopt0",
    "libreadline8",
    "libselinux1",
    "libtinfo6",
    "libuuid1",
    "mtools",
    "tar",
    "xorriso",
    "zlib1g",
]

# A boot loader as users have it, for tests: grub-mkimage and the modules of its BIOS edition.
GRUB = [
    "grub-common",
    "grub-pc-bin",
    "libc6",
    "libdevmapper1.02.1",
    "libgcc-s1",
    "liblzma5",
    "libpcre2-8-0",
    "libselinux1",
    "libudev1",
]

# The formatter of BUILD files is in no Debian suite that has this Bazel. npm never changes a version, so there is nothing
# to pin anew.
BUILDIFIER = {
    "name": "@bazel/buildifier",
    "path": "bazel-buildifier-8.2.1.tgz",
    "sha256": "b96ea9b13003036c801f52bee6f9b0314738f8432e5cb9d814c89f59292604ee",
    "size": 23720701,
    "version": "8.2.1",
}
