// Does one forbidden thing, named by the command line. What the report of each must say stands in
// expectations.cc; functions have C names and are not inlined because the reports' backtraces are
// checked for them.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "kernel/base/check.h"
#include "kernel/devices/console.h"
#include "kernel/nucleus/layout.h"

// Defined by kernel/image.ld.in.
extern "C" const char text_begin[];  // NOLINT(readability-identifier-naming): the script's.

// A return instruction, should it ever run.
extern "C" constinit volatile std::uint8_t fault_data_bytes[16] = {0xc3};

namespace {

// An address that the compiler knows nothing about: it may not reason that nobody would do such a
// thing. A template because what is wanted is a pointer to data or to a function.
template <typename Pointer>
[[gnu::always_inline]] inline Pointer At(std::uintptr_t address) {
  Pointer pointer;
  asm volatile("mov %1, %0" : "=r"(pointer) : "r"(address));
  return pointer;
}

[[gnu::always_inline]] inline void Write(std::uintptr_t address) {
  *At<volatile std::uint64_t*>(address) = 0;
}

[[gnu::always_inline]] inline void Read(std::uintptr_t address) {
  (void)*At<volatile std::uint64_t*>(address);
}

[[gnu::always_inline]] inline void Call(std::uintptr_t address) {
  At<void (*)()>(address)();
  // Something after the call, or it would become a jump and leave no frame.
  asm volatile("");
}

}  // namespace

// Each fault happens in a function of its own, which main calls.
#define FAULT extern "C" [[gnu::noinline]] void

FAULT FaultNullCall() { Call(0); }
FAULT FaultNullRead() { Read(8); }
FAULT FaultWriteText() { Write(reinterpret_cast<std::uintptr_t>(text_begin)); }
FAULT FaultExecuteData() { Call(reinterpret_cast<std::uintptr_t>(fault_data_bytes)); }
FAULT FaultStackOverflow() {
  volatile std::uint8_t room[256];
  room[0] = 1;
  // Always true, but only we know.
  if (room[0] == 1) FaultStackOverflow();
  room[1] = room[0];
}
FAULT FaultDivideByZero() {
  volatile int zero = 0;
  volatile int result = 1000 / zero;
  (void)result;
}
FAULT FaultReadNucleus() { Read(NUCLEUS_TEXT); }
FAULT FaultWriteNucleus() { Write(NUCLEUS_DATA); }
FAULT FaultCallNucleus() { Call(NUCLEUS_TEXT); }
FAULT FaultWritePageTables() { Write(NUCLEUS_LOW_PAGES); }
FAULT FaultWriteIdt() { Write(NUCLEUS_IDT); }
FAULT FaultWriteTss() { Write(NUCLEUS_TSS); }
FAULT FaultWriteFaultWindow() { Write(NUCLEUS_FAULT_WINDOW); }
FAULT FaultReadLocalApic() { Read(0xfee00000); }
FAULT FaultHalt() { asm volatile("hlt"); }
FAULT FaultLoadPageTables() { asm volatile("mov %0, %%cr3" : : "r"(std::uint64_t{0})); }
FAULT FaultBreakpoint() { asm volatile("int3"); }
FAULT FaultUndefined() { asm volatile("ud2"); }
FAULT FaultCheck() {
  const auto begin = reinterpret_cast<std::uintptr_t>(text_begin);
  CHECK(begin == 0);
}

namespace {

struct Fault {
  std::string_view word;
  void (*commit)();
};

constexpr Fault kFaults[] = {
    {"null_call", FaultNullCall},
    {"null_read", FaultNullRead},
    {"write_text", FaultWriteText},
    {"execute_data", FaultExecuteData},
    {"stack_overflow", FaultStackOverflow},
    {"divide_by_zero", FaultDivideByZero},
    {"read_nucleus", FaultReadNucleus},
    {"write_nucleus", FaultWriteNucleus},
    {"call_nucleus", FaultCallNucleus},
    {"write_page_tables", FaultWritePageTables},
    {"write_idt", FaultWriteIdt},
    {"write_tss", FaultWriteTss},
    {"write_fault_window", FaultWriteFaultWindow},
    {"read_local_apic", FaultReadLocalApic},
    {"halt", FaultHalt},
    {"load_page_tables", FaultLoadPageTables},
    {"breakpoint", FaultBreakpoint},
    {"undefined", FaultUndefined},
    {"check", FaultCheck},
};

}  // namespace

int main(int argc, char** argv) {
  const std::string_view word = argc == 2 ? argv[1] : "";
  for (const Fault& fault : kFaults) {
    if (fault.word != word) continue;
    kernel::devices::Write("about to fault\n");
    fault.commit();
    kernel::devices::Write("no fault came\n");
    return 1;
  }
  kernel::devices::Write("no such fault\n");
  return 2;
}
