#include "kernel/start/kernel_main.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/boot_mark.h"
#include "kernel/abi/ports.h"
#include "kernel/base/address.h"
#include "kernel/base/check.h"
#include "kernel/base/result.h"
#include "kernel/memory/allocate.h"
#include "kernel/nucleus/image_symbols.h"
#include "kernel/nucleus/loader_memory.h"
#include "kernel/nucleus/wait.h"
#include "kernel/start/arguments.h"
#include "kernel/start/boot_clock.h"
#include "kernel/start/end_program.h"
#include "kernel/start/handoff.h"
#include "kernel/start/unit.h"

// The program. C++ does not let one call main by its name.
extern "C" int ApplicationMain(int count, char** values) __asm__("main");

// Of the C library, and null in an image that has no use for them: its start (kernel/posix), and
// exit(), which runs what shall run at the end (buffered output, destructors) and comes back to
// EndProgram.
extern "C" [[gnu::weak]] void StartCLibrary(char* program);
extern "C" [[gnu::weak]] void Exit(int result) __asm__("exit");

namespace kernel::start {

[[gnu::section(".bss.hot")]] constinit const abi::BootHandoff* boot_handoff = nullptr;

namespace {

[[gnu::section(".bss.hot")]] constinit char* no_words[2] = {};
[[gnu::section(".bss.hot")]] constinit bool print_boot_clock = false;

/// Allocates; an image without words on its command line does not come here.
[[gnu::cold, gnu::noinline]] Arguments SplitWords(std::string_view line, char* program) {
  const std::size_t places = CountWords(line) + 2;
  const Result<void*> block =
      memory::Allocate(Bytes(places * sizeof(char*) + line.size() + 1), Bytes(alignof(char*)));
  if (!block) CheckFailed("no memory for the arguments of main; boot with more (--memory)");
  auto* const values = static_cast<char**>(*block);
  return SplitCommandLine(line, program, std::span(values, places),
                          std::span(reinterpret_cast<char*>(values + places), line.size() + 1));
}

Arguments ReadArguments(const abi::BootHandoff& handoff) {
  // Nobody may write to argv[0] here, but main's type does not know.
  char* const program = const_cast<char*>(kProgramName);
  const auto* const line =
      reinterpret_cast<const char*>(nucleus::LoaderMemory(PhysAddr(handoff.command_line)));
  if (*line != '\0') return SplitWords(line, program);
  no_words[0] = program;
  return {.count = 1, .values = no_words, .print_boot_clock = false};
}

void CallConstructors() {
  for (void (**constructor)() = constructors_begin; constructor != constructors_end;
       ++constructor) {
    (*constructor)();
  }
}

constexpr std::uint32_t ExitValue(int result) {
  const bool fits = result >= 0 && result <= ABI_EXIT_STATUS_MAX;
  return ABI_EXIT_STATUS_BASE + static_cast<std::uint32_t>(fits ? result : ABI_EXIT_STATUS_MAX);
}

}  // namespace

[[gnu::hot]] void KernelMain(const abi::BootHandoff& handoff) {
  Sample(abi::BootMark::kKernelMain);
  boot_handoff = &handoff;
  StartUnits(handoff);
  Sample(abi::BootMark::kUnitsReady);
  const Arguments arguments = ReadArguments(handoff);
  print_boot_clock = arguments.print_boot_clock;
  if (StartCLibrary != nullptr) StartCLibrary(arguments.values[0]);
  CallConstructors();
  Sample(abi::BootMark::kAppMain);
  const int result = ApplicationMain(arguments.count, arguments.values);
  if (Exit != nullptr) Exit(result);
  EndProgram(result);
}

const abi::BootHandoff& Handoff() { return *boot_handoff; }

std::uint64_t FirstTick() {
  return boot_clock.tsc[static_cast<std::size_t>(abi::BootMark::kRing3Entry)];
}

[[gnu::hot]] void EndProgram(int result) {
  Sample(abi::BootMark::kExit);
  if (print_boot_clock) PrintBootClock();
  nucleus::End(ExitValue(result));
}

}  // namespace kernel::start
