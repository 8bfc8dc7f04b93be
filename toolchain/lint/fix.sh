#!/bin/sh
# Formats every first-party file: ./bazelw run //toolchain/lint:fix
set -eu
clang_format=$PWD/$1
buildifier=$PWD/$2
cd "${BUILD_WORKSPACE_DIRECTORY:?run me by ./bazelw run //toolchain/lint:fix}"
find . -path ./.git -prune -o -type f \( -name '*.cc' -o -name '*.h' -o -name '*.c' \) -print0 |
  xargs -0 "$clang_format" -i --style=file
find . -path ./.git -prune -o -type f \
  \( -name BUILD -o -name '*.BUILD' -o -name '*.bzl' -o -name WORKSPACE \) -print0 |
  xargs -0 "$buildifier" -mode=fix -lint=off
