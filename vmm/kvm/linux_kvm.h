// <linux/kvm.h> as C++ must see it: included by this project instead of that header.
//
// Before Linux 6.6 the header's arrays of open length began behind an empty struct, which in C++
// has a size: structures were too large, and so were the numbers of the ioctls that take them.
#ifndef VMM_KVM_LINUX_KVM_H_
#define VMM_KVM_LINUX_KVM_H_

#include <linux/stddef.h>

#undef __DECLARE_FLEX_ARRAY
#define __DECLARE_FLEX_ARRAY(type, name) type name[0]

#include <linux/kvm.h>  // IWYU pragma: export

#include <cstddef>

static_assert(sizeof(kvm_cpuid2) == 8 && offsetof(kvm_cpuid2, entries) == 8);
static_assert(sizeof(kvm_msrs) == 8 && offsetof(kvm_msrs, entries) == 8);

#endif  // VMM_KVM_LINUX_KVM_H_
