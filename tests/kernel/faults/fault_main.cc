// Boots the image of main.cc once for each fault, on one monitor, and checks each report.
//
//   fault --monitor=M --accelerator=A --image=ELF --vmm=PATH --qemu=DIR …
#include <cstdio>
#include <format>
#include <span>
#include <string>

#include "images/monitors/machine.h"
#include "tests/elf/elf.h"
#include "tests/harness/boot.h"
#include "tests/harness/boot_plan.h"
#include "tests/harness/flags.h"
#include "tests/kernel/faults/expectations.h"

namespace faults {
namespace {

constexpr int kCannotTell = 2;

int Fail(const std::string& why) {
  std::fprintf(stderr, "fault: %s\n", why.c_str());
  return kCannotTell;
}

int Main(std::span<char* const> words) {
  const auto flags = harness::Flags::Parse(words, harness::BootFlagsAnd({}));
  if (!flags) return Fail(flags.error());
  auto boot = harness::BootPlanFrom(*flags);
  if (!boot) return Fail(boot.error());
  harness::BootPlan plan = *std::move(boot);
  const auto bytes = harness::ReadFile(plan.machine.image);
  if (!bytes) return Fail(bytes.error());
  const auto image = elf::Read(*bytes);
  if (!image) return Fail(image.error());
  int bad = 0;
  for (const std::string_view fault : AllFaults()) {
    plan.machine.command_line = fault;
    const auto record =
        harness::BootOnce(plan, {.status = monitors::kGuestFault}, harness::TickRate());
    if (!record) return Fail(record.error());
    const auto complaints =
        CheckFault(fault, record->process.output, record->verdict.status, *image);
    std::printf("%s %s\n", complaints.empty() ? "passed" : "FAILED", std::string(fault).c_str());
    for (const std::string& complaint : complaints) std::printf("BAD: %s\n", complaint.c_str());
    if (complaints.empty()) continue;
    ++bad;
    std::printf("---- it printed:\n%s%s\n", record->process.output.c_str(),
                record->process.errors.c_str());
  }
  return bad == 0 ? 0 : 1;
}

}  // namespace
}  // namespace faults

int main(int argc, char** argv) {
  return faults::Main(std::span<char* const>(argv + 1, static_cast<std::size_t>(argc) - 1));
}
