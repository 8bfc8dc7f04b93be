// Runs on every core that the machine has, and says how many there are.
//
// Words: "fault" lets the last core call the null page.
#include <array>
#include <cstdint>
#include <string_view>

#include "kernel/arch/x86_64/tsc.h"
#include "kernel/base/nanoseconds.h"
#include "kernel/base/text_writer.h"
#include "kernel/devices/console.h"
#include "kernel/nucleus/wait.h"
#include "kernel/process/cores.h"

namespace {

namespace process = kernel::process;

constexpr kernel::Nanoseconds kMillisecond{1'000'000};
constexpr std::uint32_t kMaxCores = 16;
// A core that takes 10 s for this does not run.
constexpr std::uint32_t kPatience = 10'000;

// What a core sees of itself.
struct Sight {
  std::uint32_t core;
  std::uint16_t code_segment;  // Its lowest two bits are the privilege.
  std::uintptr_t stack;
  std::uint64_t waited;  // Ticks that a wait of a millisecond took.
};

constinit std::array<Sight, kMaxCores> sights{};

void Look(void* sight) {
  auto& seen = *static_cast<Sight*>(sight);
  seen.core = process::ThisCore();
  asm("mov %%cs, %0" : "=r"(seen.code_segment));
  seen.stack = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  const std::uint64_t before = kernel::arch::ReadTsc();
  kernel::nucleus::Wait(kMillisecond);
  seen.waited = kernel::arch::ReadTsc() - before;
}

bool WaitFor(std::uint32_t core) {
  for (std::uint32_t i = 0; i < kPatience; ++i) {
    if (process::IsIdle(core)) return true;
    kernel::nucleus::Wait(kMillisecond);
  }
  return false;
}

void Say(std::uint32_t core, std::string_view what) {
  std::array<char, 80> buffer;
  kernel::TextWriter line(buffer);
  kernel::devices::Write(line.Text("core ").Decimal(core).Text(": ").Text(what).Text("\n").view());
}

// Stacks lie apart by more than a page: two cores on one would be found here.
bool HasOwnStack(std::uint32_t core, std::uint32_t count) {
  for (std::uint32_t other = 0; other < count; ++other) {
    const std::uintptr_t distance = sights[core].stack - sights[other].stack + 0x1000;
    if (other != core && distance < 0x2000) return false;
  }
  return true;
}

bool Judge(std::uint32_t core, std::uint32_t count) {
  constexpr std::uint16_t kPrivilege = 3;
  const Sight& seen = sights[core];
  std::string_view verdict = "ring 3, its own stack, waits";
  if (seen.core != core) verdict = "takes itself for another";
  if ((seen.code_segment & kPrivilege) != kPrivilege) verdict = "not in ring 3";
  if (!HasOwnStack(core, count)) verdict = "shares a stack";
  if (seen.waited == 0) verdict = "does not wait";
  Say(core, verdict);
  return verdict.starts_with("ring 3");
}

}  // namespace

extern "C" [[gnu::noinline]] void CallNullPage(void*) {
  void (*null)() = nullptr;
  // The compiler may not see that it is null.
  asm volatile("" : "+r"(null));
  null();
  // Something after the call, or it would become a jump and leave no frame.
  asm volatile("");
}

int main(int argc, char** argv) {
  const std::uint32_t count = process::CoreCount();
  if (argc == 2 && std::string_view(argv[1]) == "fault") {
    kernel::devices::Write("about to fault\n");
    if (!process::RunOn(count - 1, CallNullPage, nullptr)) return 2;
    (void)WaitFor(count - 1);
    return 2;
  }
  for (std::uint32_t core = 1; core < count; ++core) {
    if (!process::RunOn(core, Look, &sights[core])) return 3;
  }
  Look(sights.data());
  bool good = true;
  for (std::uint32_t core = 0; core < count; ++core) {
    if (core != 0 && !WaitFor(core)) {
      Say(core, "does not finish");
      return 4;
    }
  }
  for (std::uint32_t core = 0; core < count; ++core) good &= Judge(core, count);
  std::array<char, 32> buffer;
  kernel::TextWriter line(buffer);
  kernel::devices::Write(line.Text("cores: ").Decimal(count).Text("\n").view());
  return good ? 0 : 1;
}
