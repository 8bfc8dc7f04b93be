// The calls that ring 3 makes of the nucleus. For this folder.
#ifndef KERNEL_NUCLEUS_NUCLEUS_CALL_H_
#define KERNEL_NUCLEUS_NUCLEUS_CALL_H_

#include <cstdint>

/// In call.S. `number` is an ABI_CALL_ one of kernel/abi/nucleus_call.h, which says the rest; the
/// arguments stand for %rdi and %rdx there.
extern "C" std::uint64_t NucleusCall(std::uint64_t number, std::uint64_t rdi,
                                     std::uint64_t rdx = 0);

#endif  // KERNEL_NUCLEUS_NUCLEUS_CALL_H_
