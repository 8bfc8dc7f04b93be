#include "kernel/devices/uart/uart16550.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "kernel/arch/fake/fake_io.h"

namespace kernel::devices {
namespace {

using Writes = std::vector<std::pair<std::uint16_t, std::uint64_t>>;

constexpr std::uint16_t kLineStatus = 5;
constexpr std::uint16_t kScratch = 7;
constexpr std::uint64_t kEmpty = 0x60;

class Uart16550Test : public testing::Test {
 protected:
  Uart16550Test() : uart_(arch::FakeIo(&registers_)) { registers_.values[kLineStatus] = kEmpty; }

  std::string Sent() const {
    std::string text;
    for (const auto& [offset, value] : registers_.writes) {
      if (offset == 0) text.push_back(static_cast<char>(value));
    }
    return text;
  }

  arch::FakeRegisters registers_;
  Uart16550<arch::FakeIo> uart_;
};

TEST_F(Uart16550Test, InitSetsLineAndFifosInTheOrderOfTheDataSheet) {
  uart_.Init();
  EXPECT_EQ(registers_.writes,
            (Writes{{1, 0x00}, {3, 0x83}, {0, 0x01}, {1, 0x00}, {3, 0x03}, {2, 0x07}}));
}

TEST_F(Uart16550Test, TakesAtMostOneFifo) {
  EXPECT_EQ(uart_.TryWrite(std::string(40, 'x')), 16u);
  EXPECT_EQ(Sent(), std::string(16, 'x'));
  EXPECT_EQ(uart_.TryWrite("yz"), 2u);
}

TEST_F(Uart16550Test, TakesNothingWhileBusy) {
  registers_.values[kLineStatus] = 0;
  EXPECT_EQ(uart_.TryWrite("x"), 0u);
  EXPECT_EQ(Sent(), "");
}

TEST_F(Uart16550Test, WriteSendsEverythingInOrder) {
  const std::string text = "The quick brown fox jumps over the lazy dog";
  EXPECT_TRUE(uart_.Write(text, 3));
  EXPECT_EQ(Sent(), text);
}

TEST_F(Uart16550Test, WriteGivesUpOnADeviceThatIsStuck) {
  registers_.on_write = [&](std::uint16_t offset, std::uint64_t) {
    if (offset == 0) registers_.values[kLineStatus] = 0;
  };
  EXPECT_FALSE(uart_.Write(std::string(17, 'x'), 100));
  EXPECT_EQ(Sent(), std::string(16, 'x'));
}

TEST_F(Uart16550Test, IsThereIfItsScratchRegisterRemembers) {
  EXPECT_FALSE(uart_.IsPresent());
  registers_.on_write = [&](std::uint16_t offset, std::uint64_t value) {
    if (offset == kScratch) registers_.values[kScratch] = value;
  };
  EXPECT_TRUE(uart_.IsPresent());
}

}  // namespace
}  // namespace kernel::devices
