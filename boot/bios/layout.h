// Where the BIOS loader and what it makes lie in memory, and the fields of its file that the image
// writer fills in.
//
// Shared by this folder's assembly and image_writer.cc. All addresses are physical, and below 64
// KiB also offsets in segment 0, in which all 16-bit code here runs. Untouched: the first 0x600
// bytes (interrupt vectors and the BIOS's data) and everything from 0x30000 to 1 MiB (its extended
// data).
#ifndef BOOT_BIOS_LAYOUT_H_
#define BOOT_BIOS_LAYOUT_H_

#define BIOS_MBR 0x600             // Sector 0, moved here: one sector, then its variables.
#define BIOS_BOOT_PARAMS 0x6000    // One page; kernel/abi/linux_boot.h.
#define BIOS_STACK_TOP 0x7c00      // Down to 0x7000.
#define BIOS_LOADER 0x7c00         // BIOS_LOADER_SIZE bytes, then its variables.
#define BIOS_BUFFER 0x10000        // What the BIOS reads; does not cross 64 KiB.
#define BIOS_BUFFER_SIZE 0xf800    // A multiple of CD sectors, and less than 128 disk sectors.
#define BIOS_COMMAND_LINE 0x20000  // 64 KiB.

// One CD sector: all that some BIOSes load from a CD.
#define BIOS_LOADER_SIZE 2048

// Sector 0. `xorriso --grub2-mbr` writes 4 plus the boot image's sector to the same place: GRUB's
// loader too begins with one CD sector.
#define BIOS_MBR_CODE_SIZE 0x1b0
#define BIOS_MBR_IMAGE_OFFSET \
  0x1b0  // uint64: the sector behind the loader, where the image begins.
#define BIOS_MBR_PARTITION_OFFSET 0x1be
#define BIOS_MBR_SIGNATURE_OFFSET 0x1fe
#define BIOS_SIGNATURE 0xaa55

// The loader's file. It begins with the entry for CDs; the one for sector 0 follows.
#define BIOS_DISK_ENTRY_OFFSET 5
#define BIOS_BOOT_INFO_OFFSET 8  // The boot information table of mkisofs, 56 bytes.
#define BIOS_BOOT_INFO_SIZE 56
#define BIOS_LINUX_HEADER_OFFSET 0x1f1
#define BIOS_LINUX_HEADER_END 0x268

// From BIOS_LINUX_HEADER_END, the loader's 32-bit words add up to 0.
#define BIOS_PARAMETERS_OFFSET (BIOS_LOADER_SIZE - 40)

// The parameters: a text, then uint32 each.
#define BIOS_MEMORY_TEXT 0  // End of the message that there is too little memory.
#define BIOS_MEMORY_TEXT_SIZE 16
#define BIOS_IMAGE_SIZE 16           // Bytes after the loader: whole CD sectors, not 0.
#define BIOS_MEMORY_END 20           // RAM is needed from ABI_FLAT_BASE to here.
#define BIOS_READ_SIZE 24            // Bytes that one call of the BIOS reads.
#define BIOS_COMMAND_LINE_SOURCE 28  // Where the command line is after loading.
#define BIOS_COMMAND_LINE_SIZE 32    // With its NUL, rounded up to 4; 0: none.
#define BIOS_BALANCE 36              // Chosen so that the sum is 0.

#endif  // BOOT_BIOS_LAYOUT_H_
