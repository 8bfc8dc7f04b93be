#include "kernel/debug/crash_report.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "kernel/abi/crash_line.h"
#include "kernel/base/address.h"
#include "kernel/base/text_writer.h"
#include "kernel/debug/backtrace.h"

namespace kernel::debug {
namespace {

constexpr std::uint64_t kPageFault = 14;

// Source: Intel SDM vol. 3A, table 6-1.
constexpr std::array<std::string_view, 22> kFaultNames = {
    "division error",
    "debug exception",
    "non-maskable interrupt",
    "breakpoint",
    "overflow",
    "bound range exceeded",
    "invalid instruction",
    "no floating-point unit",
    "double fault",
    "coprocessor segment overrun",
    "invalid task state",
    "segment not present",
    "stack segment fault",
    "general protection fault",
    "page fault",
    "reserved exception",
    "floating-point error",
    "misaligned access",
    "machine check",
    "SIMD floating-point error",
    "virtualization exception",
    "control protection exception",
};

// Source: Intel SDM vol. 3A, section 4.7.
constexpr std::uint64_t kErrorPresent = 1 << 0;
constexpr std::uint64_t kErrorWrite = 1 << 1;
constexpr std::uint64_t kErrorFetch = 1 << 4;

std::string_view FaultName(std::uint64_t vector) {
  return vector < kFaultNames.size() ? kFaultNames[vector] : "unknown exception";
}

std::string_view AccessName(std::uint64_t error) {
  if ((error & kErrorFetch) != 0) return "execution of ";
  return (error & kErrorWrite) != 0 ? "write to " : "read of ";
}

/// What lies at `address`, as the end of a sentence.
std::string_view PlaceName(const ImageLayout& layout, VirtAddr address, std::uint64_t error) {
  if (address < VirtAddr(0) + kPageSize) return "the null page";
  if (layout.stack_guard.Contains(address)) return "the guard page below the stack: stack overflow";
  if (layout.fault_stack_guard.Contains(address)) return "the guard page below the fault stack";
  if (layout.nucleus.Contains(address) || layout.core_pages.Contains(address))
    return "the nucleus, which is not for ring 3";
  if (layout.text.Contains(address)) return "the program's text, which is read-only";
  if (layout.constants.Contains(address)) return "the program's constants, which are read-only";
  if (layout.data.Contains(address)) return "the program's data, which is not executable";
  if ((error & kErrorPresent) == 0) return "where nothing is mapped";
  return "memory that does not allow it";
}

/// A line is built here and handed on whole, for a line may cost a machine exit.
class Report {
 public:
  Report(const Crash& crash, const ImageLayout& layout, LineSink sink)
      : crash_(crash), layout_(layout), sink_(sink), line_(buffer_) {}

  void WriteForHumans() {
    WriteCause();
    line_.Text("  rip ").PaddedHex(crash_.instruction.value());
    line_.Text("  rsp ").PaddedHex(crash_.stack_pointer.value());
    if (crash_.kind == Crash::Kind::kFault) {
      line_.Text("  rflags ").PaddedHex(crash_.flags);
      EndLine();
      WriteRegisters();
    } else {
      EndLine();
    }
    line_.Text("  backtrace");
    for (const std::uint64_t address : crash_.backtrace) line_.Text(" ").Hex(address);
    EndLine();
  }

  void WriteForMachines() {
    const bool fault = crash_.kind == Crash::Kind::kFault;
    line_.Text(abi::kCrashPrefix).Text("{\"kind\":").Text(fault ? "\"fault\"" : "\"check\"");
    line_.Text(",\"core\":").Decimal(crash_.core);
    line_.Text(",\"vector\":").Decimal(crash_.vector).Text(",\"error\":").Decimal(crash_.error);
    if (fault && crash_.vector == kPageFault) WriteField("address", crash_.address.value());
    if (!fault)
      line_.Text(",\"message\":\"").JsonText(crash_.message.substr(0, kMaxMessage)).Text("\"");
    WriteField("rip", crash_.instruction.value());
    WriteField("rsp", crash_.stack_pointer.value());
    line_.Text(",\"registers\":{");
    for (const NamedRegister& named : kRegisters) {
      line_.Text("\"")
          .Text(named.name)
          .Text("\":\"")
          .Hex(crash_.registers.*named.value)
          .Text("\",");
    }
    line_.Text("\"rflags\":\"").Hex(crash_.flags).Text("\"},\"backtrace\":[");
    std::string_view separator;
    for (const std::uint64_t address : crash_.backtrace) {
      line_.Text(separator).Text("\"").Hex(address).Text("\"");
      separator = ",";
    }
    line_.Text("]}");
    EndLine();
  }

 private:
  struct NamedRegister {
    std::string_view name;
    std::uint64_t Registers::* value;
  };

  static constexpr NamedRegister kRegisters[] = {
      {"rax", &Registers::rax}, {"rbx", &Registers::rbx}, {"rcx", &Registers::rcx},
      {"rdx", &Registers::rdx}, {"rsi", &Registers::rsi}, {"rdi", &Registers::rdi},
      {"rbp", &Registers::rbp}, {"r8", &Registers::r8},   {"r9", &Registers::r9},
      {"r10", &Registers::r10}, {"r11", &Registers::r11}, {"r12", &Registers::r12},
      {"r13", &Registers::r13}, {"r14", &Registers::r14}, {"r15", &Registers::r15},
  };
  static constexpr std::size_t kRegistersInLine = 3;

  // So that the line for machines is whole, even if every character is escaped.
  static constexpr std::size_t kMaxMessage = 400;

  void WriteCause() {
    line_.Text("torito: ");
    if (crash_.kind == Crash::Kind::kCheck) {
      line_.Text("check failed: ").Text(crash_.message);
    } else {
      line_.Text(FaultName(crash_.vector));
      if (crash_.vector == kPageFault) {
        line_.Text(": ").Text(AccessName(crash_.error)).Hex(crash_.address.value());
        line_.Text(", ").Text(PlaceName(layout_, crash_.address, crash_.error));
      }
      line_.Text(" (vector ").Decimal(crash_.vector);
      line_.Text(", error ").Hex(crash_.error).Text(")");
    }
    // The first is meant where none is named: most images have no other.
    if (crash_.core != 0) line_.Text(" on core ").Decimal(crash_.core);
    EndLine();
  }

  void WriteRegisters() {
    std::size_t in_line = 0;
    for (const NamedRegister& named : kRegisters) {
      // Names of two letters are padded, so that columns stand.
      line_.Text("  ").Text(named.name).Text(named.name.size() == 2 ? "  " : " ");
      line_.PaddedHex(crash_.registers.*named.value);
      if (++in_line == kRegistersInLine) {
        EndLine();
        in_line = 0;
      }
    }
  }

  void WriteField(std::string_view name, std::uint64_t value) {
    line_.Text(",\"").Text(name).Text("\":\"").Hex(value).Text("\"");
  }

  void EndLine() {
    line_.Text("\n");
    sink_(line_.view());
    line_.Clear();
  }

  const Crash& crash_;
  const ImageLayout& layout_;
  LineSink sink_;
  std::array<char, 4096> buffer_;
  TextWriter line_;
};

}  // namespace

void WriteReport(const Crash& crash, const ImageLayout& layout, LineSink sink) {
  Report report(crash, layout, sink);
  report.WriteForHumans();
  report.WriteForMachines();
}

}  // namespace kernel::debug
