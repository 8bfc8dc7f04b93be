"""third_party_repositories: every repository with foreign code, but for the stand-ins of Bazel's own."""

load("//third_party:buildifier_archive.bzl", "buildifier_archive")
load("//third_party:deb_archive.bzl", "deb_archive")
load("//third_party:lock.bzl", "BINARY", "SOURCE")
load("//third_party:packages.bzl", "BUILDIFIER", "DISK_TOOLS", "GOOGLETEST", "GRUB", "LINUX_HEADERS", "LINUX_KERNEL", "LLVM", "OVMF", "QEMU", "SYSROOT")
load("//third_party:source_archive.bzl", "source_archive")

def _locked(kind, lock, name):
    if name not in lock:
        fail("%s package %s is not in lock.bzl; pin it with ./bazelw run //third_party:repin -- %s" % (kind, name, name))
    return json.encode(dict(lock[name], name = name, kind = kind))

def _binary(names):
    return [_locked("binary", BINARY, name) for name in names]

# Refuses every call, with the version that the tools ask for.
_LIBCURL_STANDIN = """
for f in $(bin/llvm-nm -D --undefined-only --format=just-symbols usr/lib/llvm-19/bin/llvm-symbolizer \\
    usr/lib/llvm-19/bin/llvm-cov usr/lib/llvm-19/bin/llvm-profdata | sed -n 's/^\\(curl_[a-z_]*\\)@.*/\\1/p' | sort -u); do
  echo "void *$f(void) { return 0; }"
done > curl.c
echo 'CURL_OPENSSL_4 { curl_*; };' > curl.map
bin/clang --target=x86_64-linux-gnu --sysroot=/nonexistent -no-canonical-prefixes -resource-dir usr/lib/llvm-19/lib/clang/19 \\
  -O1 -fPIC -shared -nostdlib -fuse-ld=lld --ld-path=bin/ld.lld -Wl,--version-script=curl.map -Wl,-soname=libcurl.so.4 \\
  -Wl,--build-id=none curl.c -o usr/lib/x86_64-linux-gnu/libcurl.so.4
rm curl.c curl.map
"""

# What musl's Makefile generates. Kept in the one public include tree, so that a single directory names all headers.
_MUSL_HEADERS = """
arch=arch/x86_64
mkdir -p include/bits
cp arch/generic/bits/*.h include/bits/
cp $arch/bits/*.h include/bits/
sed -f tools/mkalltypes.sed $arch/bits/alltypes.h.in include/alltypes.h.in > include/bits/alltypes.h
{ cat $arch/bits/syscall.h.in; sed -n 's/__NR_/SYS_/p' $arch/bits/syscall.h.in; } > include/bits/syscall.h
printf '#define VERSION "%s"\\n' "$(cat VERSION)" > src/internal/version.h
sed -n 's/^#define __NR_\\([a-z0-9_]*\\).*/#undef SYS_\\1\\n#define SYS_\\1 ((long)torito_call_\\1)/p' \\
  $arch/bits/syscall.h.in > $arch/system_call_addresses.h
"""

# What libc++'s CMake files generate or install; libc++abi's headers belong to the same public tree.
_LIBCXX_HEADERS = """
cp libcxx/vendor/llvm/default_assertion_handler.in libcxx/include/__assertion_handler
cp libcxxabi/include/*.h libcxx/include/
rm -f libcxx/include/__config_site.in
find . -name BUILD -delete
"""

def third_party_repositories():
    """Declares @buildifier, @llvm, @sysroot, @googletest, @qemu, @disk_tools, @grub, @ovmf, @linux_headers, @linux_kernel, @musl and @libcxx."""
    buildifier_archive(
        name = "buildifier",
        package = json.encode(dict(BUILDIFIER, kind = "npm")),
    )
    deb_archive(
        name = "llvm",
        build_file = "//toolchain:llvm.BUILD",
        packages = _binary(LLVM),
        prepare = _LIBCURL_STANDIN,
        remove = [
            "usr/bin",
            "usr/lib/llvm-19/lib/clang/19/lib/linux/*i386*",
            "usr/lib/llvm-19/share",
            "usr/lib/x86_64-linux-gnu/gconv",
            "usr/share/gdb",
        ],
        tools = {
            name: "usr/lib/llvm-19/bin/" + program
            for name, program in {
                "clang": "clang",
                "clang-format": "clang-format",
                "clang-tidy": "clang-tidy",
                "ld.lld": "lld",
                "lld-link": "lld",
                "llvm-ar": "llvm-ar",
                "llvm-cov": "llvm-cov",
                "llvm-dwp": "llvm-dwp",
                "llvm-nm": "llvm-nm",
                "llvm-objcopy": "llvm-objcopy",
                "llvm-objdump": "llvm-objdump",
                "llvm-profdata": "llvm-profdata",
                "llvm-readelf": "llvm-readobj",
                "llvm-size": "llvm-size",
                "llvm-strip": "llvm-objcopy",
                "llvm-symbolizer": "llvm-symbolizer",
            }.items()
        },
    )
    deb_archive(
        name = "sysroot",
        build_file = "//toolchain:sysroot.BUILD",
        packages = _binary(SYSROOT),
        remove = ["usr/bin", "usr/share", "usr/lib/x86_64-linux-gnu/gconv"],
    )
    deb_archive(
        name = "linux_headers",
        build_file = "//third_party:linux_headers.BUILD",
        packages = _binary(LINUX_HEADERS),
        prepare = "mv usr/include include; mv include/x86_64-linux-gnu/asm include/asm; rmdir include/x86_64-linux-gnu usr",
        remove = ["usr/share", "usr/lib"],
    )
    deb_archive(
        name = "linux_kernel",
        build_file = "//third_party:linux_kernel.BUILD",
        packages = _binary(LINUX_KERNEL),
        prepare = """
version=$(ls lib/modules)
mv boot/vmlinuz-* vmlinuz
for module in arch/x86/kvm/kvm arch/x86/kvm/kvm-amd virt/lib/irqbypass; do
  mv lib/modules/$version/kernel/$module.ko .
done
rm -rf boot lib usr
""",
    )
    deb_archive(
        name = "googletest",
        build_file = "//third_party:googletest.BUILD",
        packages = _binary(GOOGLETEST),
        prepare = "mv usr/src/googletest/googletest usr/src/googletest/googlemock .; rm -rf usr",
    )
    deb_archive(
        name = "qemu",
        build_file = "//third_party:qemu.BUILD",
        packages = _binary(QEMU),
        # Its firmware and its modules (TCG is one) lie in the tree.
        prologues = {
            "qemu-system-x86_64": "\n".join([
                "export QEMU_MODULE_DIR=\"$d/usr/lib/x86_64-linux-gnu/qemu\"",
                "set -- -L \"$d/usr/share/seabios\" -L \"$d/usr/share/qemu\" \"$@\"",
            ]),
        },
        remove = ["usr/share/qemu/edk2*", "usr/share/iso-codes"],
        tools = {
            name: "usr/bin/" + name
            for name in ["qemu-img", "qemu-system-x86_64"]
        },
    )
    deb_archive(
        name = "disk_tools",
        build_file = "//third_party:disk_tools.BUILD",
        packages = _binary(DISK_TOOLS),
        # No settings of the machine.
        prologues = {"xorriso": "set -- -no_rc \"$@\""},
        # Debian's gzip and tar lie in bin/ themselves, so their wrappers have other names. One program is all of mtools.
        tools = {
            "fsck.fat": "sbin/fsck.fat",
            "gnu-gzip": "bin/gzip",
            "gnu-tar": "bin/tar",
            "mcopy": "usr/bin/mtools",
            "mdir": "usr/bin/mtools",
            "mformat": "usr/bin/mtools",
            "minfo": "usr/bin/mtools",
            "mmd": "usr/bin/mtools",
            "mtype": "usr/bin/mtools",
            "sgdisk": "sbin/sgdisk",
            "xorriso": "usr/bin/xorriso",
        },
    )
    deb_archive(
        name = "grub",
        build_file = "//third_party:grub.BUILD",
        packages = _binary(GRUB),
        remove = ["etc", "usr/lib/grub/grub-mkconfig_lib", "usr/sbin", "usr/share", "var"],
        tools = {"grub-mkimage": "usr/bin/grub-mkimage"},
    )
    deb_archive(
        name = "ovmf",
        build_file = "//third_party:ovmf.BUILD",
        packages = _binary(OVMF),
    )
    source_archive(
        name = "musl",
        build_file = "//third_party/musl:musl.BUILD",
        files = {
            "//third_party/musl:pthread_arch.h": "arch/x86_64/pthread_arch.h",
            "//third_party/musl:syscall_arch.h": "arch/x86_64/syscall_arch.h",
            "//third_party/musl:system_calls.h": "arch/x86_64/system_calls.h",
        },
        package = _locked("source", SOURCE, "musl"),
        prepare = _MUSL_HEADERS,
    )
    source_archive(
        name = "libcxx",
        build_file = "//third_party/libcxx:libcxx.BUILD",
        # libunwind, the last of these, ends at this byte.
        bytes = 424578 * 512,
        files = {
            "//third_party/libcxx:__config_site": "libcxx/include/__config_site",
            "//third_party/libcxx:linux/futex.h": "override/linux/futex.h",
            "//third_party/libcxx:system_calls.h": "override/system_calls.h",
        },
        members = ["llvm-toolchain-19_19.1.7/" + path for path in [
            "libcxx/include",
            "libcxx/src",
            "libcxx/vendor/llvm",
            "libcxxabi/include",
            "libcxxabi/src",
            "libunwind/include",
            "libunwind/src",
        ]],
        package = _locked("source", SOURCE, "llvm-toolchain-19"),
        prepare = _LIBCXX_HEADERS,
    )
