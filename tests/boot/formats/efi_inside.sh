#!/bin/sh
# Fails unless a disk file has a sound GPT, the partition is a sound FAT file system for EFI, and in it lies exactly this EFI
# file where firmware looks for it.
#
#   efi_inside.sh SGDISK FSCK MTYPE DISK PARTITION EFI
set -eu
sgdisk=$1 fsck=$2 mtype=$3 disk=$4 partition=$5 efi=$6
export MTOOLSRC=/dev/null

fail() { echo "BAD: $disk: $1"; exit 1; }

verdict=$("$sgdisk" --verify "$disk")
echo "$verdict"
case $verdict in *'No problems found'*) ;; *) fail 'sgdisk finds problems' ;; esac
info=$("$sgdisk" --info="$partition" "$disk")
echo "$info"
case $info in *'(EFI system partition)'*) ;; *) fail "partition $partition is not EFI's" ;; esac
first=$(echo "$info" | sed -n 's/^First sector: \([0-9]*\) .*/\1/p')
size=$(echo "$info" | sed -n 's/^Partition size: \([0-9]*\) sectors.*/\1/p')
dd if="$disk" of="$TEST_TMPDIR/fat" bs=512 skip="$first" count="$size" status=none
"$fsck" -n -v "$TEST_TMPDIR/fat" || fail 'fsck.fat finds problems'
"$mtype" -i "$TEST_TMPDIR/fat" ::/EFI/BOOT/BOOTX64.EFI > "$TEST_TMPDIR/efi"
cmp "$TEST_TMPDIR/efi" "$efi" || fail 'the EFI file inside is another'
