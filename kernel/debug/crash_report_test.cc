#include "kernel/debug/crash_report.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "kernel/base/address.h"
#include "kernel/debug/backtrace.h"

namespace kernel::debug {
namespace {

constexpr ImageLayout kLayout = {
    .nucleus = {VirtAddr(0x100000), VirtAddr(0x109000)},
    .core_pages = {VirtAddr(0x122000), VirtAddr(0x124000)},
    .text = {VirtAddr(0x10a000), VirtAddr(0x10c000)},
    .constants = {VirtAddr(0x10c000), VirtAddr(0x10d000)},
    .data = {VirtAddr(0x10d000), VirtAddr(0x130000)},
    .stack = {VirtAddr(0x111000), VirtAddr(0x121000)},
    .stack_guard = {VirtAddr(0x110000), VirtAddr(0x111000)},
    .fault_stack_guard = {VirtAddr(0x10d000), VirtAddr(0x10e000)},
};

std::vector<std::string>& Lines() {
  static std::vector<std::string> lines;
  return lines;
}

void Keep(std::string_view line) { Lines().emplace_back(line); }

std::vector<std::string> Report(const Crash& crash) {
  Lines().clear();
  WriteReport(crash, kLayout, &Keep);
  return Lines();
}

Crash PageFault(std::uint64_t address, std::uint64_t error) {
  Crash crash;
  crash.vector = 14;
  crash.error = error;
  crash.address = VirtAddr(address);
  return crash;
}

TEST(CrashReport, NamesWhatAPageFaultHit) {
  EXPECT_EQ(Report(PageFault(0, 0x14)).front(),
            "torito: page fault: execution of 0x0, the null page (vector 14, error 0x14)\n");
  EXPECT_EQ(Report(PageFault(0x110ff8, 6)).front(),
            "torito: page fault: write to 0x110ff8, the guard page below the stack: stack overflow "
            "(vector 14, error 0x6)\n");
  EXPECT_NE(Report(PageFault(0x10a000, 7)).front().find("text, which is read-only"),
            std::string::npos);
  EXPECT_NE(Report(PageFault(0x101000, 5)).front().find("read of 0x101000, the nucleus"),
            std::string::npos);
  EXPECT_NE(Report(PageFault(0x123000, 5)).front().find("read of 0x123000, the nucleus"),
            std::string::npos);
  EXPECT_NE(Report(PageFault(0x120000, 0x15)).front().find("data, which is not executable"),
            std::string::npos);
  EXPECT_NE(Report(PageFault(0x50000000, 4)).front().find("where nothing is mapped"),
            std::string::npos);
}

TEST(CrashReport, EndsWithTheLineForMachines) {
  const std::array<std::uint64_t, 2> backtrace = {0x10a004, 0x10a100};
  Crash crash = PageFault(0x1234, 6);
  crash.instruction = VirtAddr(0x10a004);
  crash.stack_pointer = VirtAddr(0x120f00);
  crash.flags = 0x10246;
  crash.registers.rax = 0xaa;
  crash.registers.r15 = ~std::uint64_t{0};
  crash.backtrace = backtrace;
  EXPECT_EQ(Report(crash).back(),
            "torito-crash "
            "{\"kind\":\"fault\",\"core\":0,\"vector\":14,\"error\":6,\"address\":\"0x1234\","
            "\"rip\":\"0x10a004\",\"rsp\":\"0x120f00\",\"registers\":{\"rax\":\"0xaa\","
            "\"rbx\":\"0x0\",\"rcx\":\"0x0\",\"rdx\":\"0x0\",\"rsi\":\"0x0\",\"rdi\":\"0x0\","
            "\"rbp\":\"0x0\",\"r8\":\"0x0\",\"r9\":\"0x0\",\"r10\":\"0x0\",\"r11\":\"0x0\","
            "\"r12\":\"0x0\",\"r13\":\"0x0\",\"r14\":\"0x0\",\"r15\":\"0xffffffffffffffff\","
            "\"rflags\":\"0x10246\"},\"backtrace\":[\"0x10a004\",\"0x10a100\"]}\n");
}

TEST(CrashReport, OnlyAPageFaultHasAnAddress) {
  Crash crash;
  crash.vector = 0;
  const std::vector<std::string> lines = Report(crash);
  EXPECT_EQ(lines.front(), "torito: division error (vector 0, error 0x0)\n");
  EXPECT_EQ(lines.back().find("address"), std::string::npos);
}

TEST(CrashReport, NamesACoreThatIsNotTheFirst) {
  Crash crash;
  crash.core = 3;
  const std::vector<std::string> lines = Report(crash);
  EXPECT_EQ(lines.front(), "torito: division error (vector 0, error 0x0) on core 3\n");
  EXPECT_NE(lines.back().find("\"core\":3,"), std::string::npos);
}

TEST(CrashReport, AFailedCheckSaysItsText) {
  Crash crash;
  crash.kind = Crash::Kind::kCheck;
  crash.message = "a.cc:1: CHECK(x == \"y\")";
  const std::vector<std::string> lines = Report(crash);
  EXPECT_EQ(lines.front(), "torito: check failed: a.cc:1: CHECK(x == \"y\")\n");
  EXPECT_NE(
      lines.back().find(
          R"~("kind":"check","core":0,"vector":0,"error":0,"message":"a.cc:1: CHECK(x == \"y\")")~"),
      std::string::npos);
}

// The longest that can be: every number has all its digits, and the backtrace is full.
TEST(CrashReport, TheLongestLineFits) {
  const std::vector<std::uint64_t> backtrace(32, ~std::uint64_t{0});
  Crash crash = PageFault(~std::uint64_t{0}, ~std::uint64_t{0});
  crash.instruction = VirtAddr(~std::uint64_t{0});
  crash.stack_pointer = VirtAddr(~std::uint64_t{0});
  crash.flags = ~std::uint64_t{0};
  crash.registers.rax = crash.registers.rbx = crash.registers.rcx = crash.registers.rdx =
      crash.registers.rsi = crash.registers.rdi = crash.registers.rbp = crash.registers.r8 =
          crash.registers.r9 = crash.registers.r10 = crash.registers.r11 = crash.registers.r12 =
              crash.registers.r13 = crash.registers.r14 = crash.registers.r15 = ~std::uint64_t{0};
  crash.core = ~std::uint32_t{0};
  crash.backtrace = backtrace;
  const std::string line = Report(crash).back();
  EXPECT_TRUE(line.ends_with("\"0xffffffffffffffff\"]}\n"));

  crash.kind = Crash::Kind::kCheck;
  const std::string message(5000, '\1');
  crash.message = message;
  EXPECT_TRUE(Report(crash).back().ends_with("\"0xffffffffffffffff\"]}\n"));
}

}  // namespace
}  // namespace kernel::debug
