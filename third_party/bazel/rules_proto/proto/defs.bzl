"""Stand-in for @rules_proto, which the WORKSPACE suffix of some Bazel versions loads."""

proto_lang_toolchain = native.proto_lang_toolchain
proto_library = native.proto_library
