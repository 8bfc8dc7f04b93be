// Addresses of the guest's physical memory, which no one may mistake for pointers or file offsets.
#ifndef VMM_BASE_ADDRESS_H_
#define VMM_BASE_ADDRESS_H_

#include "kernel/base/address.h"

namespace vmm {

using Bytes = kernel::Bytes;
using GuestAddr = kernel::PhysAddr;

inline constexpr Bytes kPageSize = kernel::kPageSize;

}  // namespace vmm

#endif  // VMM_BASE_ADDRESS_H_
