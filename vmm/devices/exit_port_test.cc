#include "vmm/devices/exit_port.h"

#include <gtest/gtest.h>

#include <array>

#include "kernel/abi/ports.h"

namespace vmm {
namespace {

TEST(ExitPort, RemembersWhatWasWritten) {
  ExitPort port;
  EXPECT_EQ(port.value(), std::nullopt);
  const std::uint32_t value = 0x12345678;
  ASSERT_TRUE(port.Write(0, std::as_bytes(std::span(&value, 1))).has_value());
  EXPECT_EQ(port.value(), value);
}

TEST(ExitPort, TakesNarrowWritesWithTheRestZero) {
  ExitPort port;
  const std::array<std::byte, 1> value = {std::byte{0x10}};
  ASSERT_TRUE(port.Write(0, value).has_value());
  EXPECT_EQ(port.value(), 0x10u);
}

TEST(ResultOfExit, TellsResultsFromFaults) {
  EXPECT_EQ(ResultOfExit(ABI_EXIT_STATUS_BASE), 0);
  EXPECT_EQ(ResultOfExit(ABI_EXIT_STATUS_BASE + 1), 1);
  EXPECT_EQ(ResultOfExit(ABI_EXIT_STATUS_BASE + 63), 63);
  for (const std::uint32_t fault : {0u, 0xfu, 0x50u, 0x51u, 0x52u, 0xffffffffu}) {
    const auto result = ResultOfExit(fault);
    ASSERT_FALSE(result.has_value()) << fault;
    EXPECT_EQ(result.error().code, Code::kGuestFault);
  }
  EXPECT_EQ(ResultOfExit(0).error().what,
            "the image wrote 0x0 to the exit port, which means nothing (kernel/abi/ports.h)");
}

}  // namespace
}  // namespace vmm
