#include "boot/uefi/loader.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "boot/common/physical_memory.h"
#include "boot/linux64/linux64.h"
#include "boot/uefi/failure.h"
#include "boot/uefi/fake_firmware.h"
#include "boot/uefi/firmware.h"
#include "boot/uefi/handover.h"
#include "kernel/abi/boot_handoff.h"

namespace boot::uefi {
namespace {

constexpr std::string_view kWords = "built in";

class LoaderTest : public testing::Test {
 protected:
  /// The line with which the loader gives up; empty if it does not.
  std::string Failing() {
    const auto handover = Prepare(&firmware_, firmware_.system());
    if (handover) return "";
    gone_ = handover.error().firmware_gone;
    EXPECT_NE(handover.error().status, Status::kSuccess);
    std::array<char, kMaxFailureLine> buffer;
    return std::string(LineOf(handover.error(), buffer));
  }

  /// What the image makes of what the loader left.
  abi::BootHandoff Started() {
    const auto handover = Prepare(&firmware_, firmware_.system());
    if (!handover) {
      ADD_FAILURE() << handover.error().what;
      return {};
    }
    handover_ = *handover;
    const Window window = {
        .base = PhysAddr(FakeFirmware::kRam),
        .bytes = std::span(reinterpret_cast<const std::byte*>(FakeFirmware::kRam),
                           FakeFirmware::kRamEnd - FakeFirmware::kRam)};
    const auto handoff = FromLinux64(PhysicalMemory({&window, 1}), handover_.boot_params);
    EXPECT_TRUE(handoff);
    return handoff ? *handoff : abi::BootHandoff{};
  }

  std::string_view StartedCommandLine() {
    const abi::BootHandoff handoff = Started();
    return handoff.command_line == 0 ? "" : reinterpret_cast<const char*>(handoff.command_line);
  }

  void BuildIn(std::string_view words) {
    firmware_.program.Add(kCommandLineSection, std::as_bytes(std::span(words)));
  }

  FakeFirmware firmware_;
  Handover handover_ = {};
  bool gone_ = false;
};

TEST_F(LoaderTest, HandsOverImageMapAndWords) {
  BuildIn(kWords);
  const abi::BootHandoff handoff = Started();
  EXPECT_EQ(firmware_.exits, 1);
  EXPECT_EQ(handover_.target.value(), 0x100000u);
  EXPECT_EQ(handover_.size.count(), 0x2000u);
  EXPECT_EQ(std::memcmp(reinterpret_cast<const void*>(handover_.source.value()), TestImage().data(),
                        0x2000),
            0);
  EXPECT_EQ(handover_.zero_begin.value(), 0x103000u);
  EXPECT_EQ(handover_.zero_size.count(), 0x2000u);
  EXPECT_EQ(handover_.entry.value(), 0x100410u);
  EXPECT_EQ(handoff.range_count, 4u);
  EXPECT_EQ(handoff.ranges[2].base, FakeFirmware::kRam);
  EXPECT_EQ(handoff.ranges[3].kind, abi::MemoryRange::Kind::kAcpi);
  EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(handoff.command_line)), kWords);
}

TEST_F(LoaderTest, FindsTheNewerRsdpFirst) {
  EXPECT_EQ(Started().rsdp, 0u);
  firmware_.tables = {{kAcpi10, reinterpret_cast<void*>(0xe0000)}};
  EXPECT_EQ(Started().rsdp, 0xe0000u);
  firmware_.tables.push_back({kAcpi20, reinterpret_cast<void*>(0xe1000)});
  EXPECT_EQ(Started().rsdp, 0xe1000u);
}

TEST_F(LoaderTest, LoadOptionsReplaceTheBuiltInWords) {
  BuildIn(kWords);
  firmware_.options = u"other \u00e9";
  EXPECT_EQ(StartedCommandLine(), "other \xc3\xa9");
  firmware_.options = u"\x1\x2 no text";
  EXPECT_EQ(StartedCommandLine(), kWords);
  firmware_.options = u"FS0:\\hello.efi";
  firmware_.in_shell = true;
  EXPECT_EQ(StartedCommandLine(), kWords);
  firmware_.options += u" x";
  EXPECT_EQ(StartedCommandLine(), "x");
}

TEST_F(LoaderTest, CommandLineOfNothing) { EXPECT_EQ(StartedCommandLine(), ""); }

TEST_F(LoaderTest, CommandLineOf64KiB) {
  firmware_.options = std::u16string(65535, u'x');
  EXPECT_EQ(StartedCommandLine().size(), 65535u);
  firmware_.options += u'x';
  EXPECT_EQ(Failing(), "torito: the command line has more than 65535 bytes; shorten it");
}

TEST_F(LoaderTest, BuiltInWordsThatAreTooLong) {
  BuildIn(std::string(65536, 'x'));
  EXPECT_EQ(Failing(), "torito: the command line has more than 65535 bytes; shorten it");
  EXPECT_EQ(firmware_.exits, 0);
}

TEST_F(LoaderTest, AStaleKeyIsTriedAgainWithTheNewMap) {
  firmware_.stale_keys = 3;
  firmware_.map_after_stale_key = firmware_.map;
  firmware_.map_after_stale_key.Add(MemoryType::kReserved, 0x40000000, 0x50000000);
  EXPECT_EQ(Started().range_count, 5u);
  EXPECT_EQ(firmware_.exits, 4);
}

TEST_F(LoaderTest, AFirmwareThatNeverLetsGo) {
  firmware_.stale_keys = 1000;
  EXPECT_EQ(Failing(),
            "torito: the firmware does not end its services: status 0x8000000000000002; update "
            "the firmware");
  EXPECT_TRUE(gone_);
  EXPECT_EQ(firmware_.exits, 4);
}

TEST_F(LoaderTest, AMapThatGoesBadBetweenTwoTries) {
  firmware_.stale_keys = 1;
  firmware_.map_after_stale_key.Add(MemoryType::kReserved, 0, 0x40000000);
  EXPECT_TRUE(Failing().starts_with("torito: the image needs all memory from 0x100000 to"));
  EXPECT_TRUE(gone_) << "ConOut may not be called once ExitBootServices was";
}

TEST_F(LoaderTest, ADamagedImage) {
  firmware_.program.bytes()[0x1800] ^= std::byte{1};
  EXPECT_EQ(Failing(), "torito: the image in this file is damaged; copy or build it again");
  EXPECT_FALSE(gone_);
}

TEST_F(LoaderTest, ATruncatedImage) {
  firmware_.program.Put(TestProgram::kSectionTable + 8, std::uint32_t{0x1000});
  EXPECT_EQ(Failing(), "torito: the image in this file is damaged; copy or build it again");
}

TEST_F(LoaderTest, NoImageAtAll) {
  firmware_.program = TestProgram();
  EXPECT_EQ(Failing(), "torito: the image in this file is damaged; copy or build it again");
}

TEST_F(LoaderTest, TheImagesPlaceMayHoldWhatDiesWithBootServices) {
  firmware_.map = TestMap()
                      .Add(MemoryType::kBootServicesCode, 0x100000, 0x102000)
                      .Add(MemoryType::kLoaderData, 0x102000, 0x200000)
                      .Add(MemoryType::kConventional, FakeFirmware::kRam, FakeFirmware::kRamEnd);
  EXPECT_EQ(Started().range_count, 2u);
}

TEST_F(LoaderTest, TheImagesPlaceIsTaken) {
  constexpr std::string_view kLine =
      "torito: the image needs all memory from 0x100000 to 0x105000, which the machine lacks or "
      "the firmware keeps; give it more memory";
  for (const MemoryType type : {MemoryType::kReserved, MemoryType::kRuntimeServicesData,
                                MemoryType::kAcpiReclaim, MemoryType::kMappedIo}) {
    firmware_.map = TestMap()
                        .Add(MemoryType::kConventional, 0x100000, 0x104000)
                        .Add(type, 0x104000, 0x105000)
                        .Add(MemoryType::kConventional, FakeFirmware::kRam, FakeFirmware::kRamEnd);
    EXPECT_EQ(Failing(), kLine) << "type " << static_cast<int>(type);
  }
  EXPECT_EQ(firmware_.exits, 0);
}

TEST_F(LoaderTest, TooLittleMemoryForTheImage) {
  firmware_.map = TestMap()
                      .Add(MemoryType::kConventional, 0x100000, 0x104000)
                      .Add(MemoryType::kConventional, FakeFirmware::kRam, FakeFirmware::kRamEnd);
  EXPECT_TRUE(Failing().contains("which the machine lacks"));
}

TEST_F(LoaderTest, TooLittleMemoryForTheLoader) {
  firmware_.map = TestMap()
                      .Add(MemoryType::kConventional, 0x100000, 0x105000)
                      .Add(MemoryType::kConventional, 0x200000, 0x210000)
                      .Add(MemoryType::kConventional, 0x40000000, 0x80000000);
  constexpr std::string_view kLine =
      "torito: the firmware has not 96 KiB of free memory below 1 GiB; give the machine more "
      "memory";
  EXPECT_EQ(Failing(), kLine);
  firmware_.map.Add(MemoryType::kConventional, FakeFirmware::kRam, FakeFirmware::kRamEnd);
  firmware_.gives_pages = false;
  EXPECT_EQ(Failing(), kLine);
}

TEST_F(LoaderTest, TheLoaderItselfLiesInTheImagesPlace) {
  void* const place = reinterpret_cast<void*>(0x104000);
  const auto& bytes = firmware_.program.bytes();
  ASSERT_EQ(mmap(place, bytes.size(), PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0),
            place);
  std::memcpy(place, bytes.data(), bytes.size());
  firmware_.base_override = place;
  EXPECT_EQ(Failing(),
            "torito: the firmware loaded this program where the image belongs, at 0x104000; give "
            "the machine more memory");
  EXPECT_EQ(firmware_.exits, 0);
  munmap(place, bytes.size());
}

TEST_F(LoaderTest, AMapOfTooManyParts) {
  for (std::uint64_t i = 0; i < 64; ++i) {
    firmware_.map.Add(MemoryType::kReserved, 0x100000000 + i * 0x2000, 0x100001000 + i * 0x2000);
  }
  EXPECT_EQ(Failing(),
            "torito: the firmware's memory map has more parts than 0x40; remove devices, or "
            "update the firmware");
  EXPECT_EQ(firmware_.exits, 0);
}

TEST_F(LoaderTest, AMapThatMakesNoSense) {
  firmware_.map.AddRaw({MemoryType::kConventional, 0, 0x1000, 0, ~0ULL, 0});
  EXPECT_EQ(Failing(), "torito: the firmware's memory map makes no sense; update the firmware");
}

TEST_F(LoaderTest, AMapThatIsTooLong) {
  for (int i = 0; i < 1400; ++i) firmware_.map.Add(MemoryType::kReserved, 0, 0x1000);
  EXPECT_EQ(Failing(),
            "torito: the firmware gives no memory map of at most 64 KiB: status "
            "0x8000000000000005; update the firmware");
}

TEST_F(LoaderTest, AFirmwareThatDoesNotKnowTheProgram) {
  firmware_.knows_program = false;
  EXPECT_EQ(Failing(),
            "torito: the firmware does not say where it loaded this program: status "
            "0x8000000000000003; update the firmware");
}

}  // namespace
}  // namespace boot::uefi
