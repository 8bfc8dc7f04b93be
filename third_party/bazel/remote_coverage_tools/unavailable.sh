#!/bin/sh
echo "coverage: Bazel's own coverage tools are not part of this workspace" >&2
exit 1
