#include "images/formats/identity/identity.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace identity {
namespace {

constexpr std::string_view kDigits = "00112233445566778899aabbccddeeff";

using Bytes = std::vector<std::byte>;

void Put(Bytes& bytes, std::size_t offset, std::string_view text) {
  std::memcpy(bytes.data() + offset, text.data(), text.size());
}

std::string_view Get(const Bytes& bytes, std::size_t offset, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes.data()) + offset, size};
}

Identity Wanted() { return *IdentityFromHex(kDigits); }

// Two sectors of disk, and a footer whose time stamp, checksum and unique id are junk.
Bytes Vhd(char disk_type = 2) {
  Bytes file(1536, std::byte{0x5a});
  Put(file, 1024, "conectix");
  Put(file, 1024 + 60, std::string_view("\0\0\0", 3));
  file[1024 + 63] = static_cast<std::byte>(disk_type);
  return file;
}

// A header, and a descriptor of one sector right behind it.
Bytes Vmdk(std::string_view descriptor) {
  Bytes file(2048);
  Put(file, 0, "KDMV");
  file[28] = std::byte{1};
  file[36] = std::byte{1};
  Put(file, 512, descriptor);
  Put(file, 1024, "grains");
  return file;
}

TEST(IdentityFromHex, ReadsADigest) {
  const auto identity = IdentityFromHex(std::string(kDigits) + "0123");
  ASSERT_TRUE(identity);
  EXPECT_EQ((*identity)[0], std::byte{0x00});
  EXPECT_EQ((*identity)[15], std::byte{0xff});
}

TEST(IdentityFromHex, RefusesWhatIsTooShortOrNoNumber) {
  EXPECT_FALSE(IdentityFromHex(""));
  EXPECT_FALSE(IdentityFromHex(kDigits.substr(1)));
  EXPECT_FALSE(IdentityFromHex("0011223344556677889-aabbccddeeff"));
}

TEST(SetIdentity, OfAVhdWritesIdTimeAndChecksumAndNothingElse) {
  Bytes file = Vhd();
  const Bytes before = file;
  ASSERT_TRUE(SetIdentity(Wanted(), file));
  EXPECT_EQ(Get(file, 1024 + 24, 4), std::string_view("\0\0\0\0", 4));
  EXPECT_TRUE(std::memcmp(file.data() + 1024 + 68, Wanted().data(), 16) == 0);
  // By the specification: the ones' complement of the sum of all other bytes.
  std::uint32_t sum = 0;
  for (std::size_t i = 1024; i < 1536; ++i) {
    if (i < 1024 + 64 || i >= 1024 + 68) sum += std::to_integer<std::uint32_t>(file[i]);
  }
  std::uint32_t checksum = 0;
  std::memcpy(&checksum, file.data() + 1024 + 64, 4);
  EXPECT_EQ(__builtin_bswap32(checksum), ~sum);
  for (std::size_t i = 0; i < file.size(); ++i) {
    const std::size_t at = i - 1024;
    if ((at >= 24 && at < 28) || (at >= 64 && at < 84)) continue;
    EXPECT_EQ(file[i], before[i]) << "byte " << i;
  }
}

TEST(SetIdentity, OfTwoVhdsOfOneContentMakesThemEqual) {
  Bytes one = Vhd();
  Bytes other = Vhd();
  Put(other, 1024 + 24, "time");
  Put(other, 1024 + 68, "another identity");
  ASSERT_TRUE(SetIdentity(Wanted(), one));
  ASSERT_TRUE(SetIdentity(Wanted(), other));
  EXPECT_EQ(one, other);
}

TEST(SetIdentity, RefusesAVhdThatIsNotFixed) {
  Bytes file = Vhd(3);
  const Bytes before = file;
  const auto done = SetIdentity(Wanted(), file);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error(), "not a fixed VHD; make it with -o subformat=fixed");
  EXPECT_EQ(file, before);
}

TEST(SetIdentity, OfAVmdkWritesACidOfEightDigits) {
  // Leading zeros are missing when qemu-img writes a CID: what follows it moves.
  Bytes file = Vmdk("# Disk\nversion=1\nCID=f66c75f\nparentCID=ffffffff\n");
  ASSERT_TRUE(SetIdentity(Wanted(), file));
  const std::string_view wanted = "# Disk\nversion=1\nCID=00112233\nparentCID=ffffffff\n";
  EXPECT_EQ(Get(file, 512, wanted.size() + 1), std::string(wanted) + '\0');
  EXPECT_EQ(Get(file, 1024, 6), "grains");
}

TEST(SetIdentity, OfAVmdkLeavesNothingOfALongerCid) {
  Bytes one = Vmdk("# Disk\nCID=123456789abc\nparentCID=ffffffff\n");
  Bytes other = Vmdk("# Disk\nCID=1\nparentCID=ffffffff\n");
  ASSERT_TRUE(SetIdentity(Wanted(), one));
  ASSERT_TRUE(SetIdentity(Wanted(), other));
  EXPECT_EQ(one, other);
}

TEST(SetIdentity, NeverGivesAVmdkTheCidThatMeansNone) {
  Bytes file = Vmdk("# Disk\nCID=1\n");
  ASSERT_TRUE(SetIdentity(*IdentityFromHex(std::string(32, 'f')), file));
  EXPECT_EQ(Get(file, 512, 20), "# Disk\nCID=7fffffff\n");
}

TEST(SetIdentity, RefusesAVmdkWithoutRoomForTheCid) {
  const std::string full = "# Disk\nCID=1\n" + std::string(512 - 13, 'x');
  Bytes file = Vmdk(full);
  const auto done = SetIdentity(Wanted(), file);
  ASSERT_FALSE(done);
  EXPECT_EQ(Get(file, 512, 512), full);
}

TEST(SetIdentity, RefusesAVmdkWhoseDescriptorIsNotInTheFile) {
  Bytes outside = Vmdk("# Disk\nCID=1\n");
  outside[28] = std::byte{4};
  EXPECT_FALSE(SetIdentity(Wanted(), outside));
  Bytes too_long = Vmdk("# Disk\nCID=1\n");
  too_long[36] = std::byte{4};
  EXPECT_FALSE(SetIdentity(Wanted(), too_long));
  Bytes overflowing = Vmdk("# Disk\nCID=1\n");
  for (std::size_t i = 36; i < 44; ++i) overflowing[i] = std::byte{0xff};
  EXPECT_FALSE(SetIdentity(Wanted(), overflowing));
  Bytes none = Vmdk("# Disk\n");
  EXPECT_FALSE(SetIdentity(Wanted(), none));
}

TEST(SetIdentity, RefusesOtherFiles) {
  Bytes empty;
  EXPECT_FALSE(SetIdentity(Wanted(), empty));
  Bytes small(511, std::byte{'K'});
  EXPECT_FALSE(SetIdentity(Wanted(), small));
  Bytes zero(4096);
  const auto done = SetIdentity(Wanted(), zero);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error(), "neither a VHD nor a VMDK file");
}

}  // namespace
}  // namespace identity
