// Reading the disk or CD through the BIOS.
//
// Source: IBM PC BIOS, INT 13h; ANSI INCITS 484-2013 (EDD-4), section 8 (extensions).

  .globl disk_buffer, disk_block, disk_track_size, disk_drive
  .section .loader.bss, "aw", @nobits
  .balign 4
// The device address packet of the extensions.
disk_packet:
  .skip 2
disk_count:
  .skip 2
disk_buffer:  // Offset and segment.
  .skip 4
disk_block:  // The next block to be read, 64 bits.
  .skip 8
disk_track_size:  // Sectors of a track; 0: the BIOS has the extensions.
  .skip 4
disk_heads:
  .skip 4
disk_drive:  // The BIOS's number.
  .skip 1
disk_tries:
  .skip 1
disk_status:
  .skip 1

  .section .loader.text, "ax", @progbits
  .code16

// ReadDisk: reads blocks from disk_block to disk_buffer.
//
// In:     %cx = number of blocks, not 0; %ds = %es = 0; disk_drive, disk_track_size.
// Out:    disk_block behind what was read; to Fail after three errors.
// Spoils: %eax, %ebx, %ecx, %edx, %si.
  .globl ReadDisk
ReadDisk:
  cmpb $0, disk_track_size
  jne 1f
  movw $16, disk_packet
  movw $disk_packet, %si
  movb $0x42, %ah
  call CallDisk
  movzwl %cx, %eax
  addl %eax, disk_block
  adcl $0, disk_block + 4
  ret
1:
  lesw disk_buffer, %bx
2:
  pushw %cx
  movl disk_block, %eax
  xorl %edx, %edx
  divl disk_track_size
  movw %dx, %cx
  incw %cx
  xorl %edx, %edx
  divl disk_heads
  cmpl $1023, %eax
  ja DiskFailed
  movb %dl, %dh
  movb %al, %ch
  shlb $6, %ah
  orb %ah, %cl
  movw $0x0201, %ax  // One sector: a longer read would have to end with its track.
  call CallDisk
  addw $512, %bx
  incl disk_block
  popw %cx
  loop 2b
  pushw %ds
  popw %es
  ret

// CallDisk: a call of the BIOS that may take three tries.
//
// In:     as INT 13h wants it, but for the drive; %cx also goes to disk_count.
// Out:    all registers kept; to Fail after three errors.
CallDisk:
  movb $3, disk_tries
1:
  movw %cx, disk_count  // Each time: on an error the BIOS writes there how far it came.
  pushal
  movb disk_drive, %dl
  int $0x13
  movb %ah, disk_status
  jnc 2f
  movb $0, %ah  // Reset; %dl is still the drive.
  int $0x13
  stc
2:
  popal
  jnc CallDone
  decb disk_tries
  jnz 1b

// DiskFailed: says so, with the BIOS's status.
//
// In:     disk_status.
// Out:    Fail.
  .globl DiskFailed
DiskFailed:
  movb disk_status, %al
  aam $16
  call Digit
  xchgb %ah, %al
  call Digit
  movw %ax, disk_digits
  movw $disk_error, %si
  jmp Fail

// OpenDisk: chooses between the extensions and addresses by cylinder, head and sector.
//
// In:     %dl = the BIOS's number of the disk; %es = 0.
// Out:    disk_drive, disk_track_size, disk_heads; to Fail if there is no such disk.
// Spoils: %eax, %ebx, %ecx, %edx, %di.
  .globl OpenDisk
OpenDisk:
  movb %dl, disk_drive
  movb $0, disk_track_size
  movb $0x41, %ah
  movw $0x55aa, %bx
  int $0x13
  jc 1f
  cmpw $0xaa55, %bx
  jne 1f
  testb $1, %cl
  jnz CallDone
1:
  movb disk_drive, %dl
  movb $0x08, %ah
  pushw %es
  int $0x13
  popw %es
  movb %ah, disk_status
  jc DiskFailed
  andl $0x3f, %ecx
  jz DiskFailed
  movl %ecx, disk_track_size
  movzbl %dh, %edx
  incw %dx
  movl %edx, disk_heads
CallDone:
  ret

disk_error:
  .ascii "disk error 0x"
disk_digits:
  .asciz "00: write the image again\r\n"
