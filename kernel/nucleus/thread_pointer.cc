#include "kernel/nucleus/thread_pointer.h"

#include "kernel/abi/nucleus_call.h"
#include "kernel/base/address.h"
#include "kernel/base/check.h"
#include "kernel/nucleus/nucleus_call.h"

namespace kernel::nucleus {

void SetThreadPointer(VirtAddr address) {
  CHECK(NucleusCall(ABI_CALL_SET_THREAD_POINTER, address.value()) == 0);
}

}  // namespace kernel::nucleus
