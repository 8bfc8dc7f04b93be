// The way in from loaders that speak Linux's boot protocol, and the header that they look for. Those
// that speak its 32-bit protocol read the header and never come here.
//
// Source: Linux, Documentation/arch/x86/boot.rst ("The Real-Mode Kernel Header"; "Running the Kernel").

#include "boot/bios/layout.h"
#include "kernel/abi/flat_image.h"

// The nucleus maps RAM up to here; a module above could not be read.
#define INITRD_ADDRESS_MAX 0x3fffffff

  .section .loader.linux_header, "awx", @progbits
  .code16
  .byte BIOS_LOADER_SIZE / 512 - 1  // setup_sects
  .word 0                           // root_flags
  .long 0                           // syssize: filled in
  .word 0                           // ram_size
  .word 0xffff                      // vid_mode: as it is
  .word 0                           // root_dev
  .word BIOS_SIGNATURE              // boot_flag
  jmp SetupStart                    // 0x200; its second byte says where the header ends
  .ascii "HdrS"
  .word 0x020c                      // version
  .long 0                           // realmode_swtch
  .word 0                           // start_sys_seg
  .word 0                           // kernel_version: no text
  .byte 0                           // type_of_loader: theirs
  .byte 1                           // loadflags: LOADED_HIGH
  .word 0                           // setup_move_size
  .long 0                           // code32_start: filled in
  .long 0                           // ramdisk_image: theirs
  .long 0                           // ramdisk_size: theirs
  .long 0                           // bootsect_kludge
  .word 0                           // heap_end_ptr: theirs; there is no heap
  .byte 0                           // ext_loader_ver
  .byte 0                           // ext_loader_type
  .long 0                           // cmd_line_ptr: theirs
  .long INITRD_ADDRESS_MAX          // initrd_addr_max
  .long ABI_FLAT_BASE               // kernel_alignment
  .byte 0                           // relocatable_kernel
  .byte 20                          // min_alignment
  .word 0                           // xloadflags
  .long 0xffff                      // cmdline_size
  .long 0                           // hardware_subarch
  .quad 0                           // hardware_subarch_data
  .long 0                           // payload_offset
  .long 0                           // payload_length
  .quad 0                           // setup_data: theirs
  .quad ABI_FLAT_BASE               // pref_address
  .long 0                           // init_size: filled in
  .long 0                           // handover_offset

// SetupStart: the first instruction after a loader that speaks the 16-bit protocol. It has put this
// loader anywhere below 1 MiB and the image at ABI_FLAT_BASE.
//
// In:     real mode, %cs = 0x20 above the loader's segment.
// Out:    the image's entry, or Fail.
SetupStart:
  cli
  cld
  movw %cs, %ax
  subw $0x20, %ax
  movw %ax, %ds
  xorw %ax, %ax
  movw %ax, %es
  xorw %si, %si
  movw $BIOS_LOADER, %di
  movw $(BIOS_LOADER_SIZE / 4), %cx
  rep movsl
  movw %ax, %ds
  movw %ax, %ss
  movw $BIOS_STACK_TOP, %sp
  ljmp $0, $1f
1:
  sti
  call CheckLoader
  call PrepareMachine
  jmp StartImage
