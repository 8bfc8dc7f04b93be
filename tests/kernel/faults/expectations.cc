#include "tests/kernel/faults/expectations.h"

#include <algorithm>
#include <format>
#include <optional>

#include "kernel/nucleus/layout.h"
#include "tests/harness/boot.h"
#include "tests/kernel/faults/crash.h"

namespace faults {
namespace {

// Source: Intel SDM vol. 3A, 6.15 (vectors) and figure 4-12 (error code of a page fault).
constexpr std::uint64_t kDivide = 0;
constexpr std::uint64_t kBreakpoint = 3;
constexpr std::uint64_t kUndefined = 6;
constexpr std::uint64_t kProtection = 13;
constexpr std::uint64_t kPage = 14;

constexpr std::uint64_t kPresent = 0x1;
constexpr std::uint64_t kWrite = 0x2;
constexpr std::uint64_t kUser = 0x4;
constexpr std::uint64_t kFetch = 0x10;

constexpr std::uint64_t kPageSize = 0x1000;
constexpr int kGuestFault = 2;

// Where a fault touched memory: at a symbol of the image, or at a fixed address.
struct Place {
  std::string_view symbol = {};
  std::uint64_t offset = 0;  // From the symbol, or from 0.
  std::uint64_t size = 1;    // Anywhere in so many bytes.
};

struct Expected {
  std::string_view fault;
  std::string_view function;  // That committed it; main called it.
  std::uint64_t vector;
  std::uint64_t error = 0;
  std::optional<Place> address = {};  // Of a page fault.
  bool jumped = false;                // rip is the address touched, no longer in the function.
  bool main = false;                  // One of the six.
};

constexpr Expected kExpected[] = {
    {"null_call", "FaultNullCall", kPage, kUser | kFetch, Place{}, true, true},
    {"write_text", "FaultWriteText", kPage, kPresent | kWrite | kUser, Place{"text_begin"}, false,
     true},
    {"execute_data", "FaultExecuteData", kPage, kPresent | kUser | kFetch,
     Place{"fault_data_bytes"}, true, true},
    {"stack_overflow", "FaultStackOverflow", kPage, kWrite | kUser,
     Place{"stack_guard", 0, kPageSize}, false, true},
    {"divide_by_zero", "FaultDivideByZero", kDivide, 0, {}, false, true},
    {"write_nucleus", "FaultWriteNucleus", kPage, kPresent | kWrite | kUser,
     Place{"", NUCLEUS_DATA}, false, true},

    {"null_read", "FaultNullRead", kPage, kUser, Place{"", 8}},
    {"read_nucleus", "FaultReadNucleus", kPage, kPresent | kUser, Place{"", NUCLEUS_TEXT}},
    {"call_nucleus", "FaultCallNucleus", kPage, kPresent | kUser | kFetch, Place{"", NUCLEUS_TEXT},
     true},
    {"write_page_tables", "FaultWritePageTables", kPage, kPresent | kWrite | kUser,
     Place{"", NUCLEUS_LOW_PAGES}},
    {"write_idt", "FaultWriteIdt", kPage, kPresent | kWrite | kUser, Place{"", NUCLEUS_IDT}},
    {"write_tss", "FaultWriteTss", kPage, kPresent | kWrite | kUser, Place{"", NUCLEUS_TSS}},
    {"write_fault_window", "FaultWriteFaultWindow", kPage, kPresent | kWrite | kUser,
     Place{"", NUCLEUS_FAULT_WINDOW}},
    {"read_local_apic", "FaultReadLocalApic", kPage, kPresent | kUser, Place{"", 0xfee00000}},
    {"halt", "FaultHalt", kProtection},
    {"load_page_tables", "FaultLoadPageTables", kProtection},
    {"breakpoint", "FaultBreakpoint", kBreakpoint},
    {"undefined", "FaultUndefined", kUndefined},
};

// A failed CHECK is no fault of the processor's.
constexpr std::string_view kCheck = "check";

std::string FunctionName(const elf::File& image, std::uint64_t address) {
  const elf::Symbol* const symbol = image.FunctionAt(address);
  return symbol == nullptr ? std::format("{:#x}", address) : symbol->name;
}

// The functions `wanted` must stand in the backtrace in this order, others may stand between.
void CheckBacktrace(const std::vector<std::string_view>& wanted, const Crash& crash,
                    const elf::File& image, std::vector<std::string>& complaints) {
  std::string shown;
  std::size_t found = 0;
  for (std::size_t i = 0; i < crash.backtrace.size(); ++i) {
    // A return address may be the first byte after its function, when the call is its last word.
    const std::uint64_t address = crash.backtrace[i] - (i == 0 ? 0 : 1);
    const std::string name = FunctionName(image, address);
    shown += std::format("{}{}", shown.empty() ? "" : " < ", name);
    if (found < wanted.size() && name == wanted[found]) ++found;
  }
  if (found < wanted.size()) {
    complaints.push_back(
        std::format("{} is not in its place of the backtrace {}", wanted[found], shown));
  }
}

void CheckPlace(const Expected& expected, const Crash& crash, const elf::File& image,
                std::vector<std::string>& complaints) {
  std::uint64_t first = expected.address->offset;
  if (!expected.address->symbol.empty()) {
    const elf::Symbol* const symbol = image.Find(expected.address->symbol);
    if (symbol == nullptr) {
      return complaints.push_back(std::format("no symbol {}", expected.address->symbol));
    }
    first += symbol->address;
  }
  if (crash.address < first || crash.address - first >= expected.address->size) {
    complaints.push_back(std::format("address {:#x}, wanted {:#x}", crash.address, first));
  }
  if (expected.jumped && crash.rip != crash.address) {
    complaints.push_back(std::format("rip {:#x} is not the address {:#x} that was jumped to",
                                     crash.rip, crash.address));
  }
}

void CheckProcessorFault(const Expected& expected, const Crash& crash, const elf::File& image,
                         std::vector<std::string>& complaints) {
  if (crash.kind != "fault") complaints.push_back("it is said to be a " + crash.kind);
  if (crash.vector != expected.vector) {
    complaints.push_back(std::format("vector {}, wanted {}", crash.vector, expected.vector));
  }
  if (crash.error != expected.error) {
    complaints.push_back(
        std::format("error code {:#x}, wanted {:#x}", crash.error, expected.error));
  }
  if (expected.address) CheckPlace(expected, crash, image, complaints);
  if (!expected.jumped && FunctionName(image, crash.rip) != expected.function) {
    complaints.push_back(std::format("rip lies in {}, wanted {}", FunctionName(image, crash.rip),
                                     expected.function));
  }
  // An overflowing stack has more frames than a report shows: its end need not be there.
  std::vector<std::string_view> frames = {expected.function, "main"};
  if (expected.fault == "stack_overflow") frames = {expected.function, expected.function};
  CheckBacktrace(frames, crash, image, complaints);
}

}  // namespace

std::vector<std::string_view> AllFaults() {
  std::vector<std::string_view> words;
  for (const Expected& expected : kExpected) words.push_back(expected.fault);
  words.push_back(kCheck);
  return words;
}

std::vector<std::string_view> MainFaults() {
  std::vector<std::string_view> words;
  for (const Expected& expected : kExpected) {
    if (expected.main) words.push_back(expected.fault);
  }
  return words;
}

std::vector<std::string> CheckFault(std::string_view fault, std::string_view console, int status,
                                    const elf::File& image) {
  std::vector<std::string> complaints;
  if (status != kGuestFault) {
    complaints.push_back(std::format("exit status {}, wanted {}", status, kGuestFault));
  }
  const auto lines = harness::Lines(console);
  if (std::ranges::find(lines, "about to fault") == lines.end()) {
    complaints.emplace_back("it never came to the fault");
  }
  const auto crash = CrashFromConsole(console);
  if (!crash) {
    complaints.push_back(crash.error());
    return complaints;
  }
  if (fault == kCheck) {
    if (crash->kind != kCheck || !crash->message.contains("CHECK(begin == 0)")) {
      complaints.push_back("it does not tell the CHECK that failed: " + crash->message);
    }
    CheckBacktrace({"FaultCheck", "main"}, *crash, image, complaints);
    return complaints;
  }
  const auto* const expected = std::ranges::find(kExpected, fault, &Expected::fault);
  if (expected == std::end(kExpected)) {
    complaints.push_back(std::format("no fault named {}", fault));
    return complaints;
  }
  CheckProcessorFault(*expected, *crash, image, complaints);
  return complaints;
}

}  // namespace faults
