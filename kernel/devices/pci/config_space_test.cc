#include "kernel/devices/pci/config_space.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "kernel/acpi/mcfg.h"
#include "kernel/arch/fake/fake_io.h"
#include "kernel/base/address.h"

namespace kernel::devices::pci {
namespace {

using Writes = std::vector<std::pair<std::uint16_t, std::uint64_t>>;

/// Memory that answers with its own address.
class EchoMemory {
 public:
  explicit EchoMemory(PhysAddr base) : base_(base) {}
  template <typename Word>
  Word ReadAt(std::uint64_t offset) const {
    return static_cast<Word>((base_ + Bytes(offset)).value());
  }
  template <typename Word>
  void WriteAt(std::uint64_t, Word) const {}

 private:
  PhysAddr base_;
};

using TestSpace = ConfigSpace<arch::FakeIo, EchoMemory>;

TEST(ConfigSpace, PortsSelectAWordAndReadIt) {
  arch::FakeRegisters registers;
  registers.values[4] = 0x12345678;
  const TestSpace space(arch::FakeIo(&registers), std::nullopt);
  EXPECT_EQ(space.Read({.bus = 2, .device = 31, .function = 7}, 0x44), 0x12345678u);
  space.Write({.bus = 1, .device = 1, .function = 0}, 0x10, 7);
  EXPECT_EQ(registers.writes, (Writes{{0, 0x8002ff44}, {0, 0x80010810}, {4, 7}}));
}

TEST(ConfigSpace, PortsReachTheFirst256BytesOnly) {
  arch::FakeRegisters registers;
  const TestSpace space(arch::FakeIo(&registers), std::nullopt);
  EXPECT_EQ(space.Read({}, 0x100), 0xffffffff);
  space.Write({}, 0x100, 1);
  EXPECT_TRUE(registers.writes.empty());
}

TEST(ConfigSpace, PortsAreThereIfTheyKeepAnAddress) {
  arch::FakeRegisters registers;
  EXPECT_FALSE(TestSpace::HasPorts(arch::FakeIo(&registers)));
  registers.values[0] = 0x80000000;
  EXPECT_TRUE(TestSpace::HasPorts(arch::FakeIo(&registers)));
}

TEST(ConfigSpace, MemoryServesItsBusesAndPortsTheOthers) {
  arch::FakeRegisters registers;
  registers.values[4] = 0x55;
  const acpi::Ecam ecam{PhysAddr(0xe0000000), 1, 3};
  const TestSpace space(arch::FakeIo(&registers), ecam);
  EXPECT_EQ(space.Read({.bus = 3, .device = 2, .function = 1}, 0x104), 0xe0311104u);
  EXPECT_EQ(space.Read({.bus = 0, .device = 2, .function = 1}, 4), 0x55u);
  EXPECT_EQ(space.Read({.bus = 4, .device = 2, .function = 1}, 4), 0x55u);
  const TestSpace memory_only(std::nullopt, ecam);
  EXPECT_EQ(memory_only.Read({.bus = 4, .device = 2, .function = 1}, 4), 0xffffffffu);
}

}  // namespace
}  // namespace kernel::devices::pci
