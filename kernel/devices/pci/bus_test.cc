#include "kernel/devices/pci/bus.h"

#include <cstddef>
#include <cstdint>

#include "gtest/gtest.h"
#include "kernel/base/result.h"
#include "kernel/devices/pci/address_window.h"
#include "kernel/devices/pci/bar.h"
#include "kernel/devices/pci/config_space.h"
#include "kernel/devices/pci/fake_machine.h"
#include "kernel/devices/pci/scanner.h"

namespace kernel::devices::pci {
namespace {

constexpr std::uint64_t kMemory = 0xc0000000;
constexpr std::uint64_t kEndOfMemory = 0xfec00000;

class BusTest : public testing::Test {
 protected:
  using TestBus = Bus<FakeConfig>;

  TestBus Scanned() {
    TestBus bus(FakeConfig(&machine_), AddressWindow(kMemory, kEndOfMemory),
                AddressWindow(0x800, 0xa00));
    EXPECT_TRUE(bus.Scan(0));
    return bus;
  }

  Result<void> Scan() {
    return TestBus(FakeConfig(&machine_), AddressWindow(), AddressWindow()).Scan(0);
  }

  FakeMachine machine_;
};

TEST_F(BusTest, FindsFunctionsOnTheFirstBus) {
  machine_.Add(0, 0).At(0x08) = 0x06000001;
  FakeFunction& many = machine_.Add(5, 0);
  many.At(0x0c) = 0x800000;
  machine_.Add(5, 3);
  machine_.Add(7, 0);
  machine_.Add(7, 1);  // Its function 0 does not say that there are more.
  machine_.Add(9, 1);  // Without a function 0 there is nothing.
  const TestBus bus = Scanned();
  ASSERT_EQ(bus.functions().size(), 4u);
  EXPECT_EQ(bus.functions()[0].class_code, 0x060000u);
  EXPECT_EQ(bus.functions()[2].address, (FunctionAddress{0, 5, 3}));
  EXPECT_EQ(bus.functions()[3].vendor, 0x1af4);
  EXPECT_EQ(bus.functions()[3].device, 0x1041);
}

TEST_F(BusTest, AnEmptyMachineHasNoFunctions) { EXPECT_TRUE(Scanned().functions().empty()); }

TEST_F(BusTest, FollowsBridgesThatFirmwareNumbered) {
  FakeFunction& outer = machine_.AddBridge(1);
  outer.At(0x18) = 0x060500;
  FakeFunction& inner = machine_.AddBridge(0, &outer);
  inner.At(0x18) = 0x060605;
  machine_.Add(0, 0, &inner);
  const TestBus bus = Scanned();
  ASSERT_EQ(bus.functions().size(), 3u);
  EXPECT_EQ(bus.functions()[2].address, (FunctionAddress{6, 0, 0}));
  EXPECT_EQ(bus.functions()[2].bridge, 1);
  EXPECT_EQ(outer.At(0x18), 0x060500u);
}

TEST_F(BusTest, NumbersTheBusesThatFirmwareDidNot) {
  FakeFunction& first = machine_.AddBridge(1);
  FakeFunction& below = machine_.AddBridge(0, &first);
  machine_.Add(0, 0, &below);
  FakeFunction& second = machine_.AddBridge(2);
  machine_.Add(4, 0, &second);
  const TestBus bus = Scanned();
  EXPECT_EQ(bus.functions().size(), 5u);
  EXPECT_EQ(first.At(0x18), 0x020100u);
  EXPECT_EQ(below.At(0x18), 0x020201u);
  EXPECT_EQ(second.At(0x18), 0x030300u);
}

TEST_F(BusTest, ABridgeThatLeadsBackIsNumberedAnew) {
  machine_.AddBridge(1).At(0x18) = 0x050000;  // Its secondary bus would be the bus that it is on.
  FakeFunction& one = machine_.AddBridge(2);
  FakeFunction& other = machine_.AddBridge(3);
  one.At(0x18) = 0x050500;
  other.At(0x18) = 0x050500;
  EXPECT_EQ(Scanned().functions().size(), 3u);
  EXPECT_NE(one.At(0x18) >> 8 & 0xff, other.At(0x18) >> 8 & 0xff);
}

TEST_F(BusTest, ABridgeThatTakesNoNumberIsAnError) {
  machine_.AddBridge(1).writable[0x18 / 4] = 0;
  EXPECT_EQ(Scan().error(), Error::kDevice);
}

TEST_F(BusTest, TooMuchIsAnError) {
  FakeFunction* bridge = nullptr;
  for (int i = 0; i < 20; ++i) bridge = &machine_.AddBridge(0, bridge);
  EXPECT_EQ(Scan().error(), Error::kNoSpace);
  FakeMachine wide;
  for (std::uint8_t i = 0; i < 32; ++i) {
    for (std::uint8_t f = 0; f < 3; ++f) wide.Add(i, f).At(0x0c) = 0x800000;
  }
  EXPECT_EQ(TestBus(FakeConfig(&wide), AddressWindow(), AddressWindow()).Scan(0).error(),
            Error::kNoSpace);
}

TEST_F(BusTest, KeepsABarThatFirmwarePlacedWell) {
  FakeFunction& device = machine_.Add(1, 0);
  device.AddBar(0, 0x4000, 0xfe000000, 0);
  device.At(0x04) = 0xf9000000;  // Status bits, which a one would clear.
  device.writable[1] = 0xf9000407;
  TestBus bus = Scanned();
  const Result<Bar> bar = bus.Map(bus.functions()[0], 0);
  ASSERT_TRUE(bar);
  EXPECT_EQ(bar->address, 0xfe000000u);
  EXPECT_EQ(bar->size, 0x4000u);
  // Memory, bus master, no interrupt; what was written to the status is zeros.
  EXPECT_EQ(device.At(0x04), 0x406u);
}

TEST_F(BusTest, PlacesWhatFirmwareDidNotAndWhatIsOutOfReach) {
  FakeFunction& taken = machine_.Add(0, 0);
  taken.AddBar(0, 0x100000, kMemory, 0);
  FakeFunction& device = machine_.Add(1, 0);
  device.AddBar(0, 0x1000, 0, 0);
  device.AddBar(1, 0x200000, 0x8000000000, 4);  // Above 4 GiB.
  device.AddBar(3, 0x1000, 0x80000000, 0);      // Below 3 GiB.
  device.AddBar(4, 0x1000, 0xfee00000, 0);      // On an interrupt controller.
  device.AddBar(5, 0x20, 0xc000, 1);            // Ports that ring 3 has not.
  TestBus bus = Scanned();
  const Function& function = bus.functions()[1];
  EXPECT_EQ(bus.Map(function, 0)->address, kMemory + 0x100000);
  EXPECT_EQ(bus.Map(function, 1)->address, kMemory + 0x200000);
  EXPECT_EQ(bus.Map(function, 3)->address, kMemory + 0x101000);
  EXPECT_EQ(bus.Map(function, 4)->address, kMemory + 0x102000);
  EXPECT_EQ(bus.Map(function, 5)->address, 0x800u);
  EXPECT_EQ(device.At(0x18), 0u);  // Upper half of the wide one.
  EXPECT_EQ(device.At(0x04), 0x407u);
}

TEST_F(BusTest, OpensBridgesThatFirmwareLeftClosed) {
  FakeFunction& outer = machine_.AddBridge(1);
  FakeFunction& inner = machine_.AddBridge(0, &outer);
  machine_.Add(0, 0, &inner).AddBar(0, 0x4000, 0, 0);
  machine_.Add(1, 0, &inner).AddBar(0, 0x4000, 0, 0);
  TestBus bus = Scanned();
  EXPECT_EQ(bus.Map(bus.functions()[2], 0)->address, kMemory);
  EXPECT_EQ(bus.Map(bus.functions()[3], 0)->address, kMemory + 0x4000);
  EXPECT_EQ(outer.At(0x20), 0xc030c000u);
  EXPECT_EQ(inner.At(0x20), 0xc030c000u);
  EXPECT_EQ(outer.At(0x04) & 6, 6u);
}

TEST_F(BusTest, DoesNotDisturbABridgeThatFirmwareOpened) {
  FakeFunction& bridge = machine_.AddBridge(1);
  bridge.At(0x20) = 0xfe10fe00;
  FakeFunction& device = machine_.Add(0, 0, &bridge);
  device.AddBar(0, 0x1000, 0xfe000000, 0);
  device.AddBar(1, 0x1000, 0, 0);
  device.AddBar(2, 0x20, 0, 1);
  TestBus bus = Scanned();
  EXPECT_EQ(bus.Map(bus.functions()[1], 0)->address, 0xfe000000u);
  EXPECT_EQ(bus.Map(bus.functions()[1], 1).error(), Error::kNotSupported);
  EXPECT_EQ(bus.Map(bus.functions()[1], 2).error(), Error::kNotSupported);
}

TEST_F(BusTest, RefusesBarsThatCannotBe) {
  FakeFunction& device = machine_.Add(1, 0);
  device.AddBar(0, 0x1000, 0, 0);
  device.writable[0x10 / 4] = 0xff0ff000;  // A hole in the size.
  device.AddBar(1, 0x1000, 0, 6);          // A type that there is not.
  device.AddBar(2, 0x1000, 0, 2);          // Below 1 MiB.
  device.AddBar(5, 0x1000, 0, 4);          // The upper half would be no BAR.
  TestBus bus = Scanned();
  const Function& function = bus.functions()[0];
  EXPECT_EQ(bus.Map(function, 0).error(), Error::kMalformed);
  EXPECT_EQ(bus.Map(function, 1).error(), Error::kMalformed);
  EXPECT_EQ(bus.Map(function, 2).error(), Error::kNotSupported);
  EXPECT_EQ(bus.Map(function, 3).error(), Error::kNotFound);
  EXPECT_EQ(bus.Map(function, 5).error(), Error::kMalformed);
  EXPECT_EQ(bus.Map(function, 6).error(), Error::kInvalidArgument);
}

TEST_F(BusTest, RefusesABarThatLiesOrHasNoRoom) {
  FakeFunction& device = machine_.Add(1, 0);
  device.AddBar(0, std::uint64_t{1} << 40, 0, 4);
  device.AddBar(2, 0x1000, 0, 0);
  device.At(0x18) = 0x1000;  // A bit of the address that is fixed: the size comes out as 4 KiB,
  device.writable[0x18 / 4] = 0xffffe000;  // but not every multiple of it can be set.
  device.AddBar(3, 0x20, 0, 1);
  device.writable[0x1c / 4] = 0;
  TestBus bus = Scanned();
  EXPECT_EQ(bus.Map(bus.functions()[0], 0).error(), Error::kNoSpace);
  EXPECT_EQ(bus.Map(bus.functions()[0], 2).error(), Error::kDevice);
  EXPECT_EQ(bus.Map(bus.functions()[0], 3).error(), Error::kNotFound);
}

TEST(AddressWindow, SkipsWhatIsReserved) {
  AddressWindow window(0x1000, 0x5000);
  ASSERT_TRUE(window.Reserve(0x1800, 0x100));
  ASSERT_TRUE(window.Reserve(0x4fff, ~std::uint64_t{0}));
  EXPECT_EQ(window.Take(0x800), 0x1000u);
  EXPECT_EQ(window.Take(0x1000), 0x2000u);
  EXPECT_EQ(window.Take(0x100), 0x1900u);
  EXPECT_EQ(window.Take(0x1000), 0x3000u);
  EXPECT_EQ(window.Take(0x1000).error(), Error::kNoSpace);
  EXPECT_EQ(window.Take(std::uint64_t{1} << 63).error(), Error::kNoSpace);
}

TEST(AddressWindow, KeepsACountedNumberOfRanges) {
  AddressWindow window(0, 0x1000);
  for (std::uint64_t i = 0; i < 128; ++i) ASSERT_TRUE(window.Take(1));
  EXPECT_EQ(window.Take(1).error(), Error::kNoSpace);
}

}  // namespace
}  // namespace kernel::devices::pci
