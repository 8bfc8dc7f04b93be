#include "kernel/process/find_cores.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "boot/common/test_memory.h"
#include "gtest/gtest.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/result.h"
#include "kernel/process/core_list.h"

namespace kernel::process {
namespace {

constexpr std::size_t kRsdp = 0xf0010;
constexpr std::size_t kRsdt = 0x2000;
constexpr std::size_t kMadt = 0x3000;
constexpr std::size_t kMpTable = 0x4000;
constexpr std::size_t kLastKibibyte = 0x9fc00;

using ByteVector = std::vector<std::uint8_t>;
using Ids = std::vector<unsigned>;

ByteVector operator+(ByteVector left, const ByteVector& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

ByteVector Text(std::string_view text) { return {text.begin(), text.end()}; }

ByteVector Word(std::uint64_t value, std::size_t size = 4) {
  ByteVector bytes;
  for (std::size_t i = 0; i < size; ++i)
    bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  return bytes;
}

// Makes bytes[place] what the sum wants.
ByteVector Sealed(ByteVector bytes, std::size_t place) {
  std::uint8_t sum = 0;
  for (const std::uint8_t byte : bytes) sum = static_cast<std::uint8_t>(sum + byte);
  bytes[place] = static_cast<std::uint8_t>(bytes[place] - sum);
  return bytes;
}

ByteVector Table(std::string_view signature, const ByteVector& body) {
  ByteVector bytes = Text(signature) + Word(36 + body.size());
  bytes.resize(36);
  return Sealed(bytes + body, 9);
}

ByteVector LocalApic(std::uint8_t id, std::uint32_t flags = 1) {
  return ByteVector{0, 8, 0, id} + Word(flags);
}

ByteVector LocalX2Apic(std::uint32_t id, std::uint32_t flags = 1) {
  return ByteVector{9, 16, 0, 0} + Word(id) + Word(flags) + Word(0);
}

ByteVector Processor(std::uint8_t id, std::uint8_t flags = 1) {
  ByteVector bytes = {0, id, 0x14, flags};
  bytes.resize(20);
  return bytes;
}

class FindCoresTest : public testing::Test {
 protected:
  FindCoresTest() : memory_(0x100000) {}

  void Put(std::size_t address, const ByteVector& bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) memory_.Put(address + i, bytes[i]);
  }

  void PutMadt(const ByteVector& entries, std::uint32_t local_apic = 0xfee00000,
               std::size_t rsdp = kRsdp) {
    ByteVector pointer = Text("RSD PTR ");
    pointer.resize(16);
    Put(rsdp, Sealed(pointer + Word(kRsdt), 8));
    Put(kRsdt, Table("RSDT", Word(kMadt)));
    Put(kMadt, Table("APIC", Word(local_apic) + Word(0) + entries));
  }

  void PutMpTable(const ByteVector& entries, std::uint32_t count, std::size_t at = kLastKibibyte) {
    Put(at, Sealed(Text("_MP_") + Word(kMpTable) + ByteVector{1, 4, 0, 0} + Word(0), 10));
    ByteVector header = Text("PCMP") + Word(44 + entries.size(), 2) + ByteVector{4, 0};
    header.resize(34);
    Put(kMpTable, Sealed(header + Word(count, 2) + Word(0xfee00000) + Word(0) + entries, 7));
  }

  FoundCores Find() const { return FindCores(handoff_, memory_.view()); }

  static Ids IdsOf(const FoundCores& found) {
    return {found.cores.ids().begin(), found.cores.ids().end()};
  }

  boot::TestMemory memory_;
  abi::BootHandoff handoff_{};
};

TEST_F(FindCoresTest, BelievesOurMonitor) {
  PutMadt(LocalApic(7));
  handoff_.cpu_count = 3;
  EXPECT_EQ(IdsOf(Find()), (Ids{0, 1, 2}));
  handoff_.cpu_count = 20;
  EXPECT_EQ(Find().cores.ids().size(), 16u);
  EXPECT_EQ(Find().cores.left_out(), 4u);
}

TEST_F(FindCoresTest, AMachineThatSaysNothingHasNone) {
  EXPECT_EQ(IdsOf(Find()), Ids{});
  EXPECT_FALSE(Find().error);
}

TEST_F(FindCoresTest, TakesEnabledCoresOfTheMadt) {
  constexpr std::uint32_t kOnlineCapable = 2;
  const ByteVector interrupt_controller = ByteVector{1, 12} + ByteVector(10);
  PutMadt(LocalApic(0) + interrupt_controller + LocalApic(4, 0) + LocalApic(5, kOnlineCapable) +
          LocalApic(2) + LocalX2Apic(2) + LocalX2Apic(6) + LocalX2Apic(8, 0));
  EXPECT_EQ(IdsOf(Find()), (Ids{0, 2, 6}));
  EXPECT_EQ(Find().cores.left_out(), 0u);
}

TEST_F(FindCoresTest, CountsCoresThatXapicCannotName) {
  PutMadt(LocalApic(0) + LocalApic(0xff) + LocalX2Apic(0x100));
  EXPECT_EQ(IdsOf(Find()), Ids{0});
  EXPECT_EQ(Find().cores.left_out(), 2u);
}

TEST_F(FindCoresTest, FindsTheRsdpThatTheLoaderNamedOrInTheExtendedArea) {
  handoff_.rsdp = 0x5008;
  PutMadt(LocalApic(1), 0xfee00000, 0x5008);
  EXPECT_EQ(IdsOf(Find()), Ids{1});
  handoff_.rsdp = 0;
  EXPECT_EQ(IdsOf(Find()), Ids{});
  memory_.Put(0x40e, std::uint16_t{0x9f00});
  PutMadt(LocalApic(1), 0xfee00000, 0x9f3e0);
  EXPECT_EQ(IdsOf(Find()), Ids{1});
}

TEST_F(FindCoresTest, RefusesAMadtThatMakesNoSense) {
  for (const ByteVector& entries :
       {ByteVector{0}, ByteVector{0, 0}, ByteVector{0, 1}, ByteVector{0, 9, 0, 0}}) {
    PutMadt(LocalApic(0) + entries);
    EXPECT_EQ(Find().error, Error::kMalformed);
    EXPECT_EQ(IdsOf(Find()), Ids{});
  }
  Put(kMadt, Table("APIC", Word(0)));
  EXPECT_EQ(Find().error, Error::kMalformed);
  PutMadt(LocalApic(0), 0xfed00000);
  EXPECT_EQ(Find().error, Error::kNotSupported);
}

// Shorter than its kind: passed over, and nothing behind it is read.
TEST_F(FindCoresTest, PassesOverAShortEntry) {
  PutMadt(ByteVector{0, 4, 0, 3} + ByteVector{9, 8, 0, 0, 4, 0, 0, 0} + LocalApic(1));
  EXPECT_EQ(IdsOf(Find()), Ids{1});
}

TEST_F(FindCoresTest, TablesOutOfReachAreSaidToBe) {
  handoff_.rsdp = 0x7fe00000;
  EXPECT_EQ(Find().error, Error::kOutOfRange);
  PutMpTable(Processor(0) + Processor(1), 2);
  EXPECT_EQ(IdsOf(Find()), (Ids{0, 1}));
  EXPECT_FALSE(Find().error) << "the other table will do";
  PutMpTable(Processor(0), 1);
  EXPECT_EQ(Find().error, Error::kOutOfRange) << "the other table may name one core of several";
}

TEST_F(FindCoresTest, TakesEnabledCoresOfTheMpTable) {
  for (const std::size_t at : {kLastKibibyte, std::size_t{0xf1230}}) {
    PutMpTable(
        Processor(0, 3) + Processor(1) + Processor(2, 0) + ByteVector{1, 0, 0, 0, 0, 0, 0, 0}, 4,
        at);
    EXPECT_EQ(IdsOf(Find()), (Ids{0, 1}));
    memory_.Put(at, std::uint32_t{0});
  }
}

TEST_F(FindCoresTest, KnowsTheDefaultConfigurations) {
  Put(kLastKibibyte, Sealed(Text("_MP_") + Word(0) + ByteVector{1, 4, 0, 5} + Word(0), 10));
  EXPECT_EQ(IdsOf(Find()), (Ids{0, 1}));
}

TEST_F(FindCoresTest, RefusesAnMpTableThatMakesNoSense) {
  PutMpTable(Processor(0), 2);
  EXPECT_EQ(Find().error, Error::kMalformed) << "fewer entries than it says";
  PutMpTable(ByteVector{5, 0, 0, 0, 0, 0, 0, 0}, 1);
  EXPECT_EQ(Find().error, Error::kMalformed) << "no such type";
  PutMpTable(Processor(0), 1);
  memory_.Put(kMpTable + 20, std::uint8_t{0x5a});
  EXPECT_EQ(Find().error, Error::kMalformed) << "sum";
  memory_.Put(kMpTable, std::uint8_t{0x5a});
  EXPECT_EQ(Find().error, Error::kMalformed) << "signature";
  Put(kLastKibibyte,
      Sealed(Text("_MP_") + Word(0x7fe00000) + ByteVector{1, 4, 0, 0} + Word(0), 10));
  EXPECT_EQ(Find().error, Error::kOutOfRange);
}

TEST(CoreList, KeepsEachOnceAndNoMoreThanAnImageRuns) {
  CoreList cores;
  for (int round = 0; round < 2; ++round) {
    for (std::uint32_t id = 0; id < 16; ++id) cores.Add(2 * id);
  }
  EXPECT_EQ(cores.ids().size(), 16u);
  EXPECT_EQ(cores.left_out(), 0u);
  cores.Add(1);
  EXPECT_EQ(cores.left_out(), 1u);
}

}  // namespace
}  // namespace kernel::process
