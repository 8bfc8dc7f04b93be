// The check of reports is itself checked: a right one passes, and each wrong one is found out.
#include "tests/kernel/faults/expectations.h"

#include <gtest/gtest.h>

namespace faults {
namespace {

elf::File Image() {
  elf::File image;
  image.symbols = {{"FaultWriteText", 0x10b000, 0x10, true},
                   {"text_begin", 0x10b000, 0, false},
                   {"main", 0x10b010, 0x40, true}};
  return image;
}

std::string Console(std::string_view crash) {
  return "about to fault\ntorito-crash " + std::string(crash) + "\n";
}

std::string Report(std::string_view error, std::string_view address, std::string_view rip,
                   std::string_view caller) {
  std::string registers;
  for (const char* name : {"rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "r8", "r9", "r10",
                           "r11", "r12", "r13", "r14", "r15"}) {
    registers += std::string("\"") + name + "\":\"0x0\",";
  }
  return std::string(R"({"kind":"fault","vector":14,"error":)") + std::string(error) +
         R"(,"address":")" + std::string(address) + R"(","rip":")" + std::string(rip) +
         R"(","rsp":"0x1f0000","registers":{)" + registers + R"("rflags":"0x2"},"backtrace":[")" +
         std::string(rip) + R"(",")" + std::string(caller) + R"("]})";
}

std::vector<std::string> Check(std::string_view crash, int status = 2) {
  return CheckFault("write_text", Console(crash), status, Image());
}

TEST(ExpectationsTest, ARightReportPasses) {
  EXPECT_EQ(Check(Report("7", "0x10b000", "0x10b004", "0x10b020")), std::vector<std::string>{});
}

TEST(ExpectationsTest, EachWrongThingIsFound) {
  EXPECT_EQ(Check(Report("7", "0x10b000", "0x10b004", "0x10b020"), 0).size(), 1u);  // Status.
  EXPECT_EQ(Check(Report("6", "0x10b000", "0x10b004", "0x10b020")).size(), 1u);     // Error code.
  EXPECT_EQ(Check(Report("7", "0x10b001", "0x10b004", "0x10b020")).size(), 1u);     // Address.
  EXPECT_FALSE(Check(Report("7", "0x10b000", "0x10b014", "0x10b020")).empty());     // rip.
  EXPECT_EQ(Check(Report("7", "0x10b000", "0x10b004", "0x200000")).size(), 1u);     // Backtrace.
  EXPECT_EQ(Check("{\"kind\":").size(), 1u);
  EXPECT_EQ(Check("{\"kind\":\"fault\"}").size(), 1u);
}

TEST(ExpectationsTest, AMissingOrSecondReportIsFound) {
  EXPECT_EQ(CheckFault("write_text", "about to fault\n", 2, Image()).size(), 1u);
  const std::string once = Console(Report("7", "0x10b000", "0x10b004", "0x10b020"));
  EXPECT_EQ(CheckFault("write_text", once + once, 2, Image()).size(), 1u);
  EXPECT_EQ(CheckFault("write_text", "no fault came\n", 65, Image()).size(), 3u);
}

TEST(ExpectationsTest, TheSixAreThere) {
  EXPECT_EQ(MainFaults(),
            (std::vector<std::string_view>{"null_call", "write_text", "execute_data",
                                           "stack_overflow", "divide_by_zero", "write_nucleus"}));
  EXPECT_GT(AllFaults().size(), MainFaults().size());
}

}  // namespace
}  // namespace faults
