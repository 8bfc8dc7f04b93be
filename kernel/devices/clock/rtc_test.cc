#include "kernel/devices/clock/rtc.h"

#include <cstdint>
#include <functional>
#include <map>

#include "gtest/gtest.h"
#include "kernel/arch/fake/fake_io.h"
#include "kernel/base/result.h"

namespace kernel::devices {
namespace {

constexpr std::uint32_t kPatience = 100;

class RtcTest : public testing::Test {
 protected:
  RtcTest() : rtc_(arch::FakeIo(&ports_)) {
    // 2026-11-21 23:45:06, BCD and 24 hours.
    memory_ = {{0x00, 0x06}, {0x02, 0x45}, {0x04, 0x23}, {0x07, 0x21}, {0x08, 0x11},
               {0x09, 0x26}, {0x0a, 0x26}, {0x0b, 0x02}, {0x0d, 0x80}, {0x32, 0x20}};
    ports_.on_write = [this](std::uint16_t, std::uint64_t index) {
      if (before_read_) before_read_(index);
      const auto found = memory_.find(index);
      ports_.values[1] = found == memory_.end() ? 0 : found->second;
    };
  }

  arch::FakeRegisters ports_;
  std::map<std::uint64_t, std::uint64_t> memory_;
  std::function<void(std::uint64_t index)> before_read_;
  Rtc<arch::FakeIo> rtc_;
};

constexpr CalendarTime kTime{2026, 11, 21, 23, 45, 6};

TEST_F(RtcTest, ReadsDecimalDigits) { EXPECT_EQ(rtc_.Read(kPatience), kTime); }

TEST_F(RtcTest, ReadsBinaryAndHalfDays) {
  memory_[0x0b] = 0x04;
  memory_[0x00] = 6;
  memory_[0x02] = 45;
  memory_[0x04] = 0x80 | 11;
  memory_[0x07] = 21;
  memory_[0x08] = 11;
  memory_[0x09] = 26;
  memory_[0x32] = 20;
  EXPECT_EQ(rtc_.Read(kPatience), kTime);
  memory_[0x04] = 12;  // Midnight.
  EXPECT_EQ(rtc_.Read(kPatience)->hour, 0u);
  memory_[0x04] = 0x80 | 12;  // Noon.
  EXPECT_EQ(rtc_.Read(kPatience)->hour, 12u);
}

TEST_F(RtcTest, ACenturyThatNobodyKeepsIsThisOne) {
  memory_[0x32] = 0;
  EXPECT_EQ(rtc_.Read(kPatience), kTime);
  memory_[0x32] = 0x19;
  EXPECT_EQ(rtc_.Read(kPatience)->year, 1926u);
}

TEST_F(RtcTest, ATornReadIsReadAgain) {
  // In the middle of the first read, after the minutes, the clock goes on.
  int reads_of_second = 0;
  before_read_ = [&](std::uint64_t index) {
    if (index != 0x00 || ++reads_of_second != 1) return;
    memory_[0x00] = 0x00;
    memory_[0x02] = 0x46;
  };
  EXPECT_EQ(rtc_.Read(kPatience), (CalendarTime{2026, 11, 21, 23, 46, 0}));
  EXPECT_EQ(reads_of_second, 3);
}

TEST_F(RtcTest, WaitsForTheUpdateButNotForEver) {
  int reads = 0;
  memory_[0x0a] = 0xa6;
  before_read_ = [&](std::uint64_t) {
    if (++reads == 10) memory_[0x0a] = 0x26;
  };
  EXPECT_EQ(rtc_.Read(kPatience), kTime);
  before_read_ = nullptr;
  memory_[0x0a] = 0xa6;
  EXPECT_EQ(rtc_.Read(kPatience).error(), Error::kTimeout);
}

TEST_F(RtcTest, AnAbsentClockIsKnown) {
  EXPECT_TRUE(rtc_.IsPresent());
  arch::FakeRegisters none;
  EXPECT_FALSE(Rtc(arch::FakeIo(&none)).IsPresent());
}

TEST(SecondsSince1970, CountsLeapYears) {
  EXPECT_EQ(SecondsSince1970({1970, 1, 1, 0, 0, 0}), 0u);
  EXPECT_EQ(SecondsSince1970({2000, 2, 29, 0, 0, 0}), 951782400u);
  EXPECT_EQ(SecondsSince1970({2000, 3, 1, 0, 0, 0}), 951868800u);
  EXPECT_EQ(SecondsSince1970({2026, 11, 21, 23, 45, 6}), 1795304706u);
  EXPECT_EQ(SecondsSince1970({2100, 3, 1, 0, 0, 0}), 4107542400u);
}

TEST(SecondsSince1970, RefusesWhatIsNoTime) {
  for (const CalendarTime& time :
       {CalendarTime{1969, 12, 31, 23, 59, 59}, CalendarTime{2026, 0, 1, 0, 0, 0},
        CalendarTime{2026, 13, 1, 0, 0, 0}, CalendarTime{2026, 1, 0, 0, 0, 0},
        CalendarTime{2026, 2, 29, 0, 0, 0}, CalendarTime{2100, 2, 29, 0, 0, 0},
        CalendarTime{2026, 1, 1, 24, 0, 0}, CalendarTime{2026, 1, 1, 0, 60, 0},
        CalendarTime{2026, 1, 1, 0, 0, 165}}) {
    EXPECT_EQ(SecondsSince1970(time).error(), Error::kMalformed);
  }
}

}  // namespace
}  // namespace kernel::devices
