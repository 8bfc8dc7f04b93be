// The borders of the image that C++ asks for: addresses of kernel/image.ld.in, not objects; and one
// of fault.S.
#ifndef KERNEL_NUCLEUS_IMAGE_SYMBOLS_H_
#define KERNEL_NUCLEUS_IMAGE_SYMBOLS_H_

#include <cstddef>

extern "C" {

extern std::byte nucleus_begin[];
extern std::byte nucleus_end[];
extern std::byte text_begin[];
extern std::byte text_end[];
extern std::byte rodata_end[];
extern std::byte fault_frame[];  // In fault.S; not readable there: see fault_frame.h.
extern std::byte core_pages_begin[];
extern std::byte core_pages_end[];
extern std::byte core_stacks_begin[];
extern std::byte core_stacks_end[];
extern std::byte fault_stack_guard[];
extern std::byte fault_stack_bottom[];
extern std::byte stack_guard[];
extern std::byte stack_bottom[];
extern std::byte stack_top[];
extern std::byte image_end[];

// Functions to call before main.
extern void (*constructors_begin[])();
extern void (*constructors_end[])();

}  // extern "C"

#endif  // KERNEL_NUCLEUS_IMAGE_SYMBOLS_H_
