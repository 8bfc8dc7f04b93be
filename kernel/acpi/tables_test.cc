#include "kernel/acpi/tables.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "boot/common/test_memory.h"
#include "gtest/gtest.h"
#include "kernel/acpi/mcfg.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace kernel::acpi {
namespace {

constexpr std::size_t kRsdp = 0xf0010;
constexpr std::size_t kRsdt = 0x1000;
constexpr std::size_t kXsdt = 0x2000;
constexpr std::size_t kMcfg = 0x3000;
constexpr std::size_t kEnd = 0x100000;

using ByteVector = std::vector<std::uint8_t>;

void Append(ByteVector& bytes, std::uint64_t value, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i)
    bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void Seal(ByteVector& bytes, std::size_t place, std::size_t size) {
  bytes[place] = 0;
  std::uint8_t sum = 0;
  for (std::size_t i = 0; i < size; ++i) sum = static_cast<std::uint8_t>(sum + bytes[i]);
  bytes[place] = static_cast<std::uint8_t>(-sum);
}

class TablesTest : public testing::Test {
 protected:
  TablesTest() : memory_(kEnd) {
    PutRsdp(2);
    PutTable(kRsdt, "RSDT", Pointers(4));
    PutTable(kXsdt, "XSDT", Pointers(8));
    PutMcfg(0, 0xe0000000, 0, 255);
  }

  static ByteVector Pointers(std::size_t size) {
    ByteVector body;
    Append(body, 0x40000000 - 4, size);  // Out of reach, and not the one that is wanted.
    Append(body, kMcfg, size);
    return body;
  }

  void Put(std::size_t address, const ByteVector& bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) memory_.Put(address + i, bytes[i]);
  }

  void PutRsdp(std::uint8_t revision) {
    ByteVector bytes = {'R', 'S', 'D', ' ', 'P', 'T', 'R', ' '};
    bytes.resize(15);
    bytes.push_back(revision);
    Append(bytes, kRsdt, 4);
    Append(bytes, 36, 4);
    Append(bytes, kXsdt, 8);
    Append(bytes, 0, 4);
    Seal(bytes, 8, 20);
    Seal(bytes, 32, 36);
    Put(kRsdp, bytes);
  }

  void PutTable(std::size_t address, std::string_view signature, const ByteVector& body) {
    ByteVector bytes(signature.begin(), signature.end());
    Append(bytes, kHeaderSize + body.size(), 4);
    bytes.resize(kHeaderSize);
    bytes.insert(bytes.end(), body.begin(), body.end());
    Seal(bytes, 9, bytes.size());
    Put(address, bytes);
  }

  void PutMcfg(std::uint16_t segment, std::uint64_t base, std::uint8_t first, std::uint8_t last) {
    ByteVector body(8);
    Append(body, base, 8);
    Append(body, segment, 2);
    Append(body, first, 1);
    Append(body, last, 1);
    Append(body, 0, 4);
    PutTable(kMcfg, "MCFG", body);
  }

  Result<Ecam> ReadEcam() {
    const auto table = FindTable(memory_.view(), PhysAddr(kRsdp), "MCFG");
    if (!table) return std::unexpected(table.error());
    return EcamFrom(*table);
  }

  boot::TestMemory memory_;
};

TEST_F(TablesTest, FindsATableByXsdtAndByRsdt) {
  for (const std::uint8_t revision : {std::uint8_t{2}, std::uint8_t{0}}) {
    PutRsdp(revision);
    const Result<Ecam> ecam = ReadEcam();
    ASSERT_TRUE(ecam) << ErrorName(ecam.error());
    EXPECT_EQ(ecam->base, PhysAddr(0xe0000000));
    EXPECT_EQ(ecam->last_bus, 255);
  }
}

TEST_F(TablesTest, FindsTheRsdpInTheBiosArea) {
  EXPECT_EQ(FindRsdp(memory_.view()), PhysAddr(kRsdp));
  memory_.Put(kRsdp + 10, std::uint8_t{0x5a});
  EXPECT_EQ(FindRsdp(memory_.view()), std::unexpected(Error::kNotFound));
}

TEST_F(TablesTest, RefusesWrongSums) {
  memory_.Put(kMcfg + 20, std::uint8_t{0x5a});
  EXPECT_EQ(ReadEcam().error(), Error::kMalformed);
  memory_.Put(kXsdt + 20, std::uint8_t{0x5a});
  EXPECT_EQ(ReadEcam().error(), Error::kMalformed);
  memory_.Put(kRsdp + 33, std::uint8_t{0x5a});
  EXPECT_EQ(ReadEcam().error(), Error::kMalformed);
  memory_.Put(kRsdp, std::uint8_t{0x5a});
  EXPECT_EQ(ReadEcam().error(), Error::kMalformed);
}

TEST_F(TablesTest, RefusesLengthsThatCannotBe) {
  memory_.Put(kMcfg + 4, std::uint32_t{35});
  EXPECT_EQ(ReadEcam().error(), Error::kMalformed);
  memory_.Put(kMcfg + 4, std::uint32_t{0xffffffff});
  EXPECT_EQ(ReadEcam().error(), Error::kMalformed);
  memory_.Put(kMcfg + 4, std::uint32_t{0x100000});
  EXPECT_EQ(ReadEcam().error(), Error::kOutOfRange);
}

TEST_F(TablesTest, SaysWhatIsNotThere) {
  EXPECT_EQ(FindTable(memory_.view(), PhysAddr(kRsdp), "APIC").error(), Error::kNotFound);
  PutMcfg(1, 0xe0000000, 0, 255);
  EXPECT_EQ(ReadEcam().error(), Error::kNotFound);
}

TEST_F(TablesTest, RefusesAnEcamThatMakesNoSense) {
  PutMcfg(0, 0xe0001000, 0, 255);
  EXPECT_EQ(ReadEcam().error(), Error::kMalformed);
  PutMcfg(0, 0, 0, 255);
  EXPECT_EQ(ReadEcam().error(), Error::kMalformed);
  PutMcfg(0, 0xe0000000, 9, 8);
  EXPECT_EQ(ReadEcam().error(), Error::kMalformed);
}

}  // namespace
}  // namespace kernel::acpi
