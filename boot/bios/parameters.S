// What the image writer tells the loader (layout.h).

#include "boot/bios/layout.h"

  .section .loader.parameters, "aw", @progbits
  .globl too_little_memory
too_little_memory:  // Its end is a parameter.
  .ascii "too little memory: give the machine "
  .globl parameters
parameters:
  .skip 40
