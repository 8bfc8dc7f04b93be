// The registers of each transport, as the specification orders them.
#include "kernel/devices/virtio/transport.h"

#include <cstdint>
#include <expected>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "kernel/arch/fake/fake_io.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/devices/pci/config_space.h"
#include "kernel/devices/pci/fake_machine.h"
#include "kernel/devices/pci/scanner.h"
#include "kernel/devices/virtio/legacy_pci_transport.h"
#include "kernel/devices/virtio/mmio_transport.h"
#include "kernel/devices/virtio/pci_capabilities.h"
#include "kernel/devices/virtio/pci_transport.h"

namespace kernel::devices::virtio {
namespace {

using Writes = std::vector<std::pair<std::uint16_t, std::uint64_t>>;
using Mmio = MmioTransport<arch::FakeIo>;

constexpr QueueAddresses kQueue{.size = 8,
                                .descriptors = PhysAddr(0x12'0000'1000),
                                .available = PhysAddr(0x12'0000'1080),
                                .used = PhysAddr(0x12'0000'2000)};
constexpr QueueAddresses kLowQueue{.size = 8,
                                   .descriptors = PhysAddr(0x5000),
                                   .available = PhysAddr(0x5080),
                                   .used = PhysAddr(0x6000)};

class TransportTest : public testing::Test {
 protected:
  arch::FakeIo io() { return arch::FakeIo(&registers_); }

  /// Makes a register keep what is written to it, or answer `answer`.
  void Keep(std::uint16_t offset) {
    registers_.values[offset] = 0;
    kept_.push_back(offset);
    registers_.on_write = [this](std::uint16_t written, std::uint64_t value) {
      for (const std::uint16_t kept : kept_) {
        if (kept == written) registers_.values[written] = value;
      }
    };
  }

  arch::FakeRegisters registers_;
  std::vector<std::uint16_t> kept_;
};

TEST_F(TransportTest, MmioTellsWhatIsThere) {
  EXPECT_EQ(Mmio::Identify(io()), std::unexpected(Error::kNotFound));
  registers_.values = {{0, 0x74726976}, {4, 2}, {8, 4}};
  EXPECT_EQ(Mmio::Identify(io()), DeviceType::kEntropy);
  registers_.values[4] = 1;
  EXPECT_EQ(Mmio::Identify(io()), DeviceType::kEntropy);
  EXPECT_TRUE(Mmio(io()).legacy());
  registers_.values[4] = 3;
  EXPECT_EQ(Mmio::Identify(io()), std::unexpected(Error::kNotSupported));
  registers_.values[4] = 2;
  registers_.values[8] = 0;
  EXPECT_EQ(Mmio::Identify(io()), std::unexpected(Error::kNotFound));
}

TEST_F(TransportTest, MmioSetsUpAQueue) {
  registers_.values[4] = 2;
  Keep(0x44);
  Mmio transport(io());
  ASSERT_TRUE(transport.SetQueue(3, kQueue));
  EXPECT_EQ(registers_.writes, (Writes{{0x30, 3},
                                       {0x38, 8},
                                       {0x80, 0x1000},
                                       {0x84, 0x12},
                                       {0x90, 0x1080},
                                       {0x94, 0x12},
                                       {0xa0, 0x2000},
                                       {0xa4, 0x12},
                                       {0x44, 1}}));
  EXPECT_EQ(transport.SetQueue(3, kQueue).error(), Error::kDevice);  // It is in use.
}

TEST_F(TransportTest, MmioThatDoesNotEnableAQueueIsAnError) {
  registers_.values = {{4, 2}, {0x44, 0}};
  EXPECT_EQ(Mmio(io()).SetQueue(0, kQueue).error(), Error::kDevice);
}

TEST_F(TransportTest, MmioOfAllOnesHasNoQueues) {
  EXPECT_EQ(Mmio(io()).QueueSize(0), 0);
  EXPECT_EQ(Mmio(io()).SetQueue(0, kQueue).error(), Error::kDevice);
}

TEST_F(TransportTest, LegacyMmioGivesAPage) {
  registers_.values[4] = 1;
  Keep(0x40);
  Mmio transport(io());
  transport.WriteFeatures(5);
  ASSERT_TRUE(transport.SetQueue(0, kLowQueue));
  transport.Notify(0);
  EXPECT_EQ(registers_.writes, (Writes{{0x24, 0},
                                       {0x20, 5},
                                       {0x24, 1},
                                       {0x20, 0},
                                       {0x28, 4096},
                                       {0x30, 0},
                                       {0x38, 8},
                                       {0x3c, 4096},
                                       {0x40, 5},
                                       {0x50, 0}}));
  EXPECT_EQ(transport
                .SetQueue(0, {.size = 8,
                              .descriptors = PhysAddr(std::uint64_t{1} << 44),
                              .available = {},
                              .used = {}})
                .error(),
            Error::kOutOfRange);
}

TEST_F(TransportTest, LegacyPciGivesAPage) {
  LegacyPciTransport<arch::FakeIo> transport(io());
  Keep(0x08);
  registers_.values[0x0c] = 16;
  EXPECT_EQ(transport.QueueSize(1), 16);
  EXPECT_TRUE(transport.queue_size_is_fixed());
  ASSERT_TRUE(transport.SetQueue(1, kLowQueue));
  transport.Notify(1);
  EXPECT_EQ(registers_.writes, (Writes{{0x0e, 1}, {0x0e, 1}, {0x08, 5}, {0x10, 1}}));
  EXPECT_EQ(transport.SetQueue(1, kLowQueue).error(), Error::kDevice);
}

TEST_F(TransportTest, PciSetsUpAQueueAndNotifiesItsOwnRegister) {
  arch::FakeRegisters notify;
  PciTransport<arch::FakeIo> transport(io(),
                                       {.io = arch::FakeIo(&notify), .size = 16, .multiplier = 4});
  registers_.values[0x12] = 2;
  registers_.values[0x18] = 64;
  registers_.values[0x1e] = 3;
  Keep(0x1c);
  EXPECT_EQ(transport.QueueSize(1), 64);
  EXPECT_EQ(transport.QueueSize(2), 0);
  registers_.writes.clear();
  ASSERT_TRUE(transport.SetQueue(1, kQueue));
  transport.Notify(1);
  EXPECT_EQ(registers_.writes, (Writes{{0x16, 1},
                                       {0x18, 8},
                                       {0x20, 0x1000},
                                       {0x24, 0x12},
                                       {0x28, 0x1080},
                                       {0x2c, 0x12},
                                       {0x30, 0x2000},
                                       {0x34, 0x12},
                                       {0x1c, 1}}));
  EXPECT_EQ(notify.writes, (Writes{{12, 1}}));
  EXPECT_EQ(transport.SetQueue(1, kQueue).error(), Error::kDevice);
}

TEST_F(TransportTest, PciRefusesToNotifyBeyondItsArea) {
  arch::FakeRegisters notify;
  PciTransport<arch::FakeIo> transport(io(),
                                       {.io = arch::FakeIo(&notify), .size = 13, .multiplier = 4});
  registers_.values[0x1c] = 0;
  registers_.values[0x1e] = 3;
  EXPECT_EQ(transport.SetQueue(1, kQueue).error(), Error::kOutOfRange);
  registers_.values[0x1e] = 0xffff;
  EXPECT_EQ(transport.SetQueue(1, kQueue).error(), Error::kOutOfRange);
  EXPECT_EQ(transport.SetQueue(8, kQueue).error(), Error::kOutOfRange);
}

class PciRegistersTest : public testing::Test {
 protected:
  PciRegistersTest() : function_(machine_.Add(0, 0)), config_(&machine_), io_(config_, {}) {
    function_.At(0x04) = 0x100000;
    function_.At(0x34) = 0x40;
    Put(0x40, 0x50, 1, 4, 0x0000, 0x38);
    Put(0x50, 0x70, 2, 4, 0x3000, 0x1000);
    function_.At(0x60) = 4;
    Put(0x70, 0, 1, 0, 0x9000, 0x38);  // A second choice.
  }

  void Put(std::uint16_t at, std::uint32_t next, std::uint32_t kind, std::uint32_t bar,
           std::uint32_t offset, std::uint32_t size) {
    function_.At(at) = 0x09 | next << 8 | kind << 24;
    function_.At(static_cast<std::uint16_t>(at + 4)) = bar;
    function_.At(static_cast<std::uint16_t>(at + 8)) = offset;
    function_.At(static_cast<std::uint16_t>(at + 12)) = size;
  }

  pci::FakeMachine machine_;
  pci::FakeFunction& function_;
  pci::FakeConfig config_;
  pci::FunctionIo<pci::FakeConfig> io_;
};

TEST_F(PciRegistersTest, AreTheFirstOfEachKind) {
  const Result<PciRegisters> registers = ReadPciRegisters(io_);
  ASSERT_TRUE(registers);
  EXPECT_EQ(registers->common.bar, 4);
  EXPECT_EQ(registers->common.offset, 0u);
  EXPECT_EQ(registers->notify.offset, 0x3000u);
  EXPECT_EQ(registers->notify_multiplier, 4u);
}

TEST_F(PciRegistersTest, InAReservedBarAreIgnored) {
  Put(0x40, 0x50, 1, 6, 0x0000, 0x38);
  EXPECT_EQ(ReadPciRegisters(io_)->common.offset, 0x9000u);
}

TEST_F(PciRegistersTest, MayBeMissingOrTooSmall) {
  Put(0x40, 0x50, 1, 4, 0x0000, 0x37);
  EXPECT_EQ(ReadPciRegisters(io_).error(), Error::kMalformed);
  Put(0x40, 0, 1, 4, 0x0000, 0x38);
  EXPECT_EQ(ReadPciRegisters(io_).error(), Error::kMalformed);
  function_.At(0x04) = 0;
  EXPECT_EQ(ReadPciRegisters(io_).error(), Error::kNotFound);
}

TEST_F(PciRegistersTest, TypesComeFromTheNumberOrFromTheSubsystem) {
  pci::Function function;
  function.vendor = 0x1af4;
  function.device = 0x1044;
  function_.At(0x2c) = 0x00031af4;
  EXPECT_EQ(TypeOf(function, io_), DeviceType::kEntropy);
  function.device = 0x1003;
  EXPECT_EQ(TypeOf(function, io_), DeviceType::kConsole);
  function.device = 0x0fff;
  EXPECT_FALSE(TypeOf(function, io_));
  function.device = 0x1080;
  EXPECT_FALSE(TypeOf(function, io_));
  function.device = 0x1044;
  function.header_type = pci::Function::kBridgeHeader;
  EXPECT_FALSE(TypeOf(function, io_));
  function.header_type = pci::Function::kDeviceHeader;
  function.vendor = 0x8086;
  EXPECT_FALSE(TypeOf(function, io_));
}

}  // namespace
}  // namespace kernel::devices::virtio
