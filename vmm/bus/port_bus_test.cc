#include "vmm/bus/port_bus.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

namespace vmm {
namespace {

class Recorder final : public Device {
 public:
  std::string_view name() const override { return "recorder"; }
  Result<void> Read(std::uint64_t offset, std::span<std::byte> bytes) override {
    reads.push_back(offset);
    std::ranges::fill(bytes, std::byte{0x11});
    return {};
  }
  Result<void> Write(std::uint64_t offset, std::span<const std::byte> bytes) override {
    writes.push_back(offset);
    return bytes.size() == 2 ? GuestFault("two bytes") : Result<void>();
  }

  std::vector<std::uint64_t> reads;
  std::vector<std::uint64_t> writes;
};

class PortBusTest : public testing::Test {
 protected:
  PortBusTest() {
    bus_.Add(0x3f8, 8, wide_);
    bus_.Add(0xe9, 1, single_);
    bus_.Add(0xea, 1, neighbour_);
  }

  PortBus bus_;
  Recorder wide_;
  Recorder single_;
  Recorder neighbour_;
  std::array<std::byte, 4> bytes_ = {};
};

TEST_F(PortBusTest, GivesOffsetsInTheWindow) {
  EXPECT_TRUE(bus_.Read(0x3fb, std::span(bytes_).first(1)).has_value());
  EXPECT_EQ(wide_.reads, std::vector<std::uint64_t>{3});
  EXPECT_EQ(bytes_[0], std::byte{0x11});
  EXPECT_EQ(bytes_[1], std::byte{0});
}

TEST_F(PortBusTest, ADeviceOfOnePortTakesEveryWidth) {
  EXPECT_TRUE(bus_.Write(0xe9, bytes_).has_value());
  EXPECT_EQ(single_.writes.size(), 1u);
  EXPECT_TRUE(neighbour_.writes.empty());
}

TEST_F(PortBusTest, WhatLeavesAWindowBelongsToNobody) {
  EXPECT_TRUE(bus_.Read(0x3fe, bytes_).has_value());
  EXPECT_TRUE(wide_.reads.empty());
  EXPECT_EQ(bytes_[3], std::byte{0xff});
}

TEST_F(PortBusTest, AbsentPortsFloatHighAndLoseWrites) {
  EXPECT_TRUE(bus_.Read(0x60, bytes_).has_value());
  EXPECT_EQ(bytes_[0], std::byte{0xff});
  EXPECT_TRUE(bus_.Write(0xffff, bytes_).has_value());
}

TEST_F(PortBusTest, PassesErrorsOn) {
  EXPECT_EQ(bus_.Write(0xe9, std::span(bytes_).first(2)).error().what, "two bytes");
}

TEST(PortBusDeathTest, RefusesOverlappingWindows) {
  PortBus bus;
  Recorder device;
  bus.Add(0x10, 4, device);
  EXPECT_DEATH(bus.Add(0x13, 1, device), "");
  EXPECT_DEATH(bus.Add(0x0f, 2, device), "");
  EXPECT_DEATH(bus.Add(0xffff, 2, device), "");
}

}  // namespace
}  // namespace vmm
