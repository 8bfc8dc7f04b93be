#!/bin/sh
# Fails unless two files are the same, byte by byte.
#
#   same_bytes.sh FILE FILE
cmp "$1" "$2" || { echo "BAD: $1 and $2 differ"; exit 1; }
