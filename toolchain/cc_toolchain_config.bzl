"""cc_toolchain_config: every flag for compiler and linker. Nobody else in this tree has any.

Features that a target or the command line may ask for:
  opt, fastbuild, dbg      by --compilation_mode; opt is the default
  asan, ubsan, tsan, fuzz  host only; //toolchain:host_test.bzl and fuzz_test.bzl set them
  coverage_report          host only; source-based coverage
  ring0                    kernel only: no SSE, no red zone
  third_party              foreign code: no warnings
"""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "ACTION_NAMES")
load("@bazel_tools//tools/cpp:cc_toolchain_config_lib.bzl", "feature", "flag_group", "flag_set", "tool_path", "with_feature_set")

_CXX = [
    ACTION_NAMES.cpp_compile,
    ACTION_NAMES.cpp_header_parsing,
    ACTION_NAMES.linkstamp_compile,
]
_COMPILE = _CXX + [
    ACTION_NAMES.assemble,
    ACTION_NAMES.c_compile,
    ACTION_NAMES.preprocess_assemble,
]
_LINK = [
    ACTION_NAMES.cpp_link_dynamic_library,
    ACTION_NAMES.cpp_link_executable,
    ACTION_NAMES.cpp_link_nodeps_dynamic_library,
]

_LLVM = "external/llvm"
_RESOURCE_DIR = _LLVM + "/usr/lib/llvm-19/lib/clang/19"
_SYSROOT = "external/sysroot"
_LIBCXX = "external/libcxx/libcxx/include"
_MUSL = "external/musl/include"
_LINUX_HEADERS = "external/linux_headers/include"

# The tools run by way of a wrapper, so clang cannot find itself: it must be told where it lies.
_PLACE = ["-no-canonical-prefixes", "-resource-dir", _RESOURCE_DIR]

# The same bytes from every checkout, at every hour.
_DETERMINISTIC = [
    "-ffile-compilation-dir=.",
    "-Wno-builtin-macro-redefined",
    "-D__DATE__=\"redacted\"",
    "-D__TIMESTAMP__=\"redacted\"",
    "-D__TIME__=\"redacted\"",
]

_WARNINGS = [
    "-Werror",
    "-Wall",
    "-Wextra",
    "-Wimplicit-fallthrough",
    "-Wshadow",
    "-Wundef",
    "-Wunreachable-code",
]
_CXX_WARNINGS = [
    "-Wdeprecated",
    "-Wextra-semi",
    "-Wnon-virtual-dtor",
    "-Woverloaded-virtual",
]

# Clang would link through the machine's gcc for a target that it has no driver for (musl, bare metal), so linking
# always names this one.
_LINK_TARGET = "--target=x86_64-linux-gnu"
_LLD = ["-fuse-ld=lld", "--ld-path=" + _LLVM + "/bin/ld.lld", "-Wl,--build-id=none", "-Wl,--gc-sections"]

# For PE files Clang knows no --ld-path: it looks for lld-link beside itself and in the folders of -B. No date, no debug
# directory; a section is aligned to a page, so that firmware can protect it.
_PE_LINK_TARGET = "--target=x86_64-unknown-windows"
_LLD_LINK = [
    "-fuse-ld=lld",
    "-B" + _LLVM + "/bin",
    "-nostdlib",
    "-Wl,-timestamp:0",
    "-Wl,-opt:ref",
    "-Wl,-opt:icf",
    "-Wl,-subsystem:efi_application",
    "-Wl,-entry:EfiMain",
]

def _flags(actions, flags, when = [], unless = []):
    condition = [with_feature_set(features = when, not_features = unless)] if when or unless else []
    return flag_set(actions = actions, flag_groups = [flag_group(flags = flags)], with_features = condition)

def _host():
    """Tests on glibc: statically linked, but for sanitizers, whose runtime needs a dynamic C library."""
    sanitized = ["asan", "ubsan", "tsan", "fuzz"]
    watch = ["-fno-omit-frame-pointer", "-fno-sanitize-recover=all", "-g1"]
    dynamic = [
        # Relative to the folder in which Bazel starts a test, its runfiles: the pinned loader and C library.
        "-Wl,--dynamic-linker=../sysroot/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2",
        "-Wl,-rpath,../sysroot/lib/x86_64-linux-gnu",
        # The driver is clang, not clang++.
        "-fsanitize-link-c++-runtime",
    ]
    features = [
        feature(name = "supports_pic", enabled = True),
        feature(name = "supports_start_end_lib", enabled = True),
        feature(name = "linking", enabled = True, flag_sets = [
            _flags(_LINK, ["--sysroot=" + _SYSROOT, "-nostdlib++", "-L" + _SYSROOT + "/usr/lib/llvm-19/lib"]),
        ] + [_flags([ACTION_NAMES.cpp_link_executable], ["-static"], unless = sanitized)] + [
            _flags(_LINK, dynamic, when = [name])
            for name in sanitized
        ]),
    ] + [
        feature(name = name, flag_sets = [
            _flags(_COMPILE, ["-fsanitize=" + kind] + watch),
            _flags(_LINK, ["-fsanitize=" + kind]),
        ])
        for name, kind in [("asan", "address"), ("ubsan", "undefined"), ("tsan", "thread")]
    ] + [
        # Only fuzz_test's own program gets libFuzzer's main; the rest of its build must still link without.
        feature(name = "fuzz", flag_sets = [_flags(_COMPILE, ["-fsanitize=fuzzer-no-link"] + watch)]),
        feature(name = "coverage_report", flag_sets = [
            _flags(_COMPILE, ["-fprofile-instr-generate", "-fcoverage-mapping"]),
            _flags(_LINK, ["-fprofile-instr-generate"]),
        ]),
        feature(name = "runtime", enabled = True, flag_sets = [_flags(_LINK, [
            "-Wl,--push-state,-Bstatic",
            "-lc++",
            "-lc++abi",
            "-l:libunwind.a",
            "-Wl,--pop-state",
            "-lm",
        ])]),
        # libFuzzer's archive was built with libstdc++. The two C++ libraries share the ABI: what both define (types of
        # exceptions, __cxa_*) has one layout, and libc++'s, which comes first, is taken.
        feature(name = "fuzz_main", flag_sets = [_flags(_LINK, [
            "-fsanitize=fuzzer",
            "-Wl,-z,muldefs",
            "-Wl,--push-state,-Bstatic",
            "-lstdc++",
            "-Wl,--pop-state",
        ])]),
    ]
    return struct(
        triple = "x86_64-linux-gnu",
        compile = ["--sysroot=" + _SYSROOT, "-fstack-protector-strong"],
        cxx = ["-nostdinc++", "-isystem", _SYSROOT + "/usr/lib/llvm-19/include/c++/v1"],
        include_directories = ["%package(@sysroot//)%/" + folder for folder in [
            "usr/include",
            "usr/lib/gcc/x86_64-linux-gnu/12/include",
            "usr/lib/llvm-19/include",
        ]],
        features = features,
        link = [_LINK_TARGET] + _PLACE + _LLD,
    )

_MUSL_INCLUDE_DIRECTORIES = ["%package(@libcxx//)%/libcxx/include", "%package(@musl//)%/include"]

def _on_musl(headers, compile = [], features = []):
    """Programs on our own C library, static and at a fixed address: under Linux, and as the guest.

    Both have the same triple, for both use the same build of musl and libc++.
    """
    includes = []
    for folder in [_MUSL] + headers:
        includes += ["-idirafter", folder]
    return struct(
        triple = "x86_64-unknown-linux-musl",
        compile = [
            "-nostdlibinc",
            "-fno-pic",
            "-mcmodel=small",
            "-fno-asynchronous-unwind-tables",
            "-fno-unwind-tables",
        ] + compile + includes,
        cxx = ["-fno-exceptions", "-fno-rtti", "-nostdinc++", "-isystem", _LIBCXX],
        include_directories = _MUSL_INCLUDE_DIRECTORIES +
                              (["%package(@linux_headers//)%/include"] if headers else []),
        link = [_LINK_TARGET] + _PLACE + _LLD,
        features = features + [
            # Each object of an archive would be an input of the link.
            feature(name = "supports_start_end_lib", enabled = False),
            feature(name = "linking", enabled = True, flag_sets = [_flags(_LINK, [
                "--sysroot=/nonexistent",
                "-nostdlib",
                "-static",
                "-Wl,-z,max-page-size=4096",
                "-Wl,-z,noexecstack",
                "-Wl,-z,norelro",
            ])]),
            # What the compiler calls instead of emitting code, such as 128-bit division.
            feature(name = "runtime", enabled = True, flag_sets = [
                _flags(_LINK, [_RESOURCE_DIR + "/lib/linux/libclang_rt.builtins-x86_64.a"]),
            ]),
        ],
    )

def _linux_musl():
    return _on_musl([_LINUX_HEADERS], compile = ["-fno-stack-protector"])

def _kernel():
    return _on_musl(
        [],
        compile = [
            # A backtrace of the crash report walks frame pointers.
            "-fno-omit-frame-pointer",
            "-mno-omit-leaf-frame-pointer",
            "-fno-stack-protector",
            # One core initialises: no guards, which would want a lock.
            "-fno-threadsafe-statics",
        ],
        features = [
            # An interrupt may come on the same stack, and some KVM emulate ring 0 without SSE (facts of kvm-pvm).
            feature(name = "ring0", flag_sets = [_flags(_COMPILE, ["-mgeneral-regs-only", "-mno-red-zone"])]),
        ],
    )

def _uefi():
    """A PE application of the firmware: Microsoft's ABI, no library at all, but the headers of ours.

    Of the Windows targets the headers allow the one only whose long has 64 bits, which is Cygwin's.
    """
    return struct(
        triple = "x86_64-unknown-windows-cygnus",
        compile = [
            "-nostdlibinc",
            # Interrupts of the firmware come on the same stack.
            "-mno-red-zone",
            # The firmware gives 128 KiB of stack, all of it mapped.
            "-mno-stack-arg-probe",
            "-fno-stack-protector",
            "-fno-threadsafe-statics",
            "-fno-asynchronous-unwind-tables",
            "-fno-unwind-tables",
            "-idirafter",
            _MUSL,
        ],
        cxx = [
            "-fno-exceptions",
            "-fno-rtti",
            "-nostdinc++",
            "-isystem",
            _LIBCXX,
            # The library takes only what says _WIN32 for COFF, and there is no library to import from.
            "-D_LIBCPP_OBJECT_FORMAT_COFF=1",
            "-D_LIBCPP_DISABLE_VISIBILITY_ANNOTATIONS",
        ],
        include_directories = _MUSL_INCLUDE_DIRECTORIES,
        link = [_PE_LINK_TARGET] + _PLACE + _LLD_LINK,
        features = [feature(name = "supports_start_end_lib", enabled = False)],
    )

_ENVIRONMENTS = {
    "host": _host,
    "kernel_x86_64": _kernel,
    "linux_musl": _linux_musl,
    "uefi_x86_64": _uefi,
}

def _cc_toolchain_config_impl(ctx):
    environment = _ENVIRONMENTS[ctx.attr.environment]()
    ours = ["third_party"]
    default = feature(name = "default_flags", enabled = True, flag_sets = [
        _flags(_COMPILE, ["--target=" + environment.triple] + _PLACE + _DETERMINISTIC + environment.compile),
        _flags(_COMPILE, ["-ffunction-sections", "-fdata-sections"]),
        _flags(_CXX, ["-std=c++23", "-D_LIBCPP_HARDENING_MODE=_LIBCPP_HARDENING_MODE_FAST"] + environment.cxx),
        _flags(_COMPILE, ["-O2", "-DNDEBUG"], when = ["opt"]),
        _flags(_COMPILE, ["-O1", "-g1"], when = ["fastbuild"]),
        _flags(_COMPILE, ["-O0", "-g"], when = ["dbg"]),
        _flags(_COMPILE, _WARNINGS, unless = ours),
        _flags(_CXX, _CXX_WARNINGS, unless = ours),
        _flags(_LINK, environment.link),
    ])
    silent = feature(name = "third_party", flag_sets = [_flags(_COMPILE, ["-w"])])
    modes = [feature(name = mode) for mode in ["opt", "fastbuild", "dbg"]]
    return cc_common.create_cc_toolchain_config_info(
        ctx = ctx,
        abi_libc_version = "none",
        abi_version = "clang",
        compiler = "clang",
        cxx_builtin_include_directories = environment.include_directories + [
            "%package(@llvm//)%/usr/lib/llvm-19/lib/clang/19/include",
            # The sanitizers' default lists of what to leave alone.
            "%package(@llvm//)%/usr/lib/llvm-19/lib/clang/19/share",
        ],
        features = modes + [default, silent] + environment.features,
        host_system_name = "x86_64-linux-gnu",
        target_cpu = "k8",
        target_libc = ctx.attr.environment,
        target_system_name = environment.triple,
        tool_paths = [tool_path(name = name, path = "bin/" + program) for name, program in {
            "ar": "llvm-ar",
            "cpp": "clang",
            "dwp": "llvm-dwp",
            "gcc": "clang",
            "gcov": "llvm-cov",
            "ld": "ld.lld",
            "llvm-cov": "llvm-cov",
            "llvm-profdata": "llvm-profdata",
            "nm": "llvm-nm",
            "objcopy": "llvm-objcopy",
            "objdump": "llvm-objdump",
            "strip": "llvm-strip",
        }.items()],
        toolchain_identifier = ctx.attr.environment,
    )

cc_toolchain_config = rule(
    implementation = _cc_toolchain_config_impl,
    attrs = {
        "environment": attr.string(mandatory = True, values = _ENVIRONMENTS.keys()),
    },
    provides = [CcToolchainConfigInfo],
)
