"""Stand-in for @rules_java, which Bazel itself loads to find a Java toolchain. Nothing here uses Java."""

java_binary = native.java_binary
java_import = native.java_import
java_library = native.java_library
java_runtime = native.java_runtime
java_test = native.java_test
java_toolchain = native.java_toolchain
