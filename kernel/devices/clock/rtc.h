// The real-time clock of a PC: an MC146818 or what has its registers.
//
// Source: Motorola MC146818A data sheet, "Time, calendar and alarm locations", registers A, B and
// D;
//         Intel ICH9 data sheet, section 13.6. The century at 0x32 is a custom of BIOSes.
// Owner:  one core: a register is selected, then read.
#ifndef KERNEL_DEVICES_CLOCK_RTC_H_
#define KERNEL_DEVICES_CLOCK_RTC_H_

#include <cstdint>
#include <expected>
#include <optional>

#include "kernel/base/nanoseconds.h"
#include "kernel/base/register.h"
#include "kernel/base/result.h"

namespace kernel::devices {

struct RtcIndex : Register<RtcIndex, std::uint8_t, 0> {
  static constexpr Field<6, 0, std::uint8_t> kRegister{};
};

struct RtcData : Register<RtcData, std::uint8_t, 1> {
  static constexpr Field<7, 0, std::uint8_t> kValue{};
};

/// A time as the clock's registers have it, decoded.
struct CalendarTime {
  unsigned year;    // All four digits.
  unsigned month;   // 1 to 12.
  unsigned day;     // 1 to 31.
  unsigned hour;    // 0 to 23.
  unsigned minute;  // 0 to 59.
  unsigned second;  // 0 to 59.

  bool operator==(const CalendarTime&) const = default;
};

/// Seconds since 1970-01-01. kMalformed: no such time, or one before 1970.
[[nodiscard]] Result<std::uint64_t> SecondsSince1970(const CalendarTime& time);

/// Io reaches the two ports.
template <typename Io>
class Rtc {
 public:
  static constexpr std::uint16_t kPort = 0x70;

  explicit constexpr Rtc(Io io) : io_(io) {}

  /// Whether there is a clock: register D says that its memory is valid, all other bits are 0.
  bool IsPresent() const { return ReadRegister(kRegisterD) == 0x80; }

  /// Reads the time. kTimeout: the clock was never at rest within `patience` tries. kMalformed: no
  /// such time.
  [[nodiscard]] Result<CalendarTime> Read(std::uint32_t patience) const {
    std::optional<CalendarTime> last;
    for (std::uint32_t i = 0; i < patience; ++i) {
      constexpr std::uint8_t kUpdateInProgress = 0x80;
      if ((ReadRegister(kRegisterA) & kUpdateInProgress) != 0) continue;
      // An update may begin in the middle: what was read twice alike was not torn.
      const CalendarTime time = ReadOnce();
      if (last == time) return time;
      last = time;
    }
    return std::unexpected(Error::kTimeout);
  }

 private:
  static constexpr std::uint8_t kSecond = 0x00;
  static constexpr std::uint8_t kMinute = 0x02;
  static constexpr std::uint8_t kHour = 0x04;
  static constexpr std::uint8_t kDay = 0x07;
  static constexpr std::uint8_t kMonth = 0x08;
  static constexpr std::uint8_t kYear = 0x09;
  static constexpr std::uint8_t kRegisterA = 0x0a;
  static constexpr std::uint8_t kRegisterB = 0x0b;
  static constexpr std::uint8_t kRegisterD = 0x0d;
  static constexpr std::uint8_t kCentury = 0x32;

  std::uint8_t ReadRegister(std::uint8_t index) const {
    io_.Write(RtcIndex{}.With(RtcIndex::kRegister, index));
    return io_.template Read<RtcData>().raw;
  }

  static constexpr unsigned Decode(unsigned value, bool binary) {
    return binary ? value : (value >> 4) * 10 + (value & 0xf);
  }

  static unsigned DecodeHour(unsigned value, bool binary, bool all_day) {
    constexpr unsigned kAfternoon = 0x80;
    if (all_day) return Decode(value, binary);
    const unsigned hour = Decode(value & ~kAfternoon, binary) % 12;
    return (value & kAfternoon) != 0 ? hour + 12 : hour;
  }

  CalendarTime ReadOnce() const {
    const std::uint8_t mode = ReadRegister(kRegisterB);
    const bool binary = (mode & 4) != 0;
    const bool all_day = (mode & 2) != 0;
    const unsigned century = Decode(ReadRegister(kCentury), binary);
    // Where nobody keeps the century, this one is meant.
    const unsigned hundreds = century >= 19 && century <= 22 ? century : 20;
    return {.year = hundreds * 100 + Decode(ReadRegister(kYear), binary),
            .month = Decode(ReadRegister(kMonth), binary),
            .day = Decode(ReadRegister(kDay), binary),
            .hour = DecodeHour(ReadRegister(kHour), binary, all_day),
            .minute = Decode(ReadRegister(kMinute), binary),
            .second = Decode(ReadRegister(kSecond), binary)};
  }

  Io io_;
};

}  // namespace kernel::devices

#endif  // KERNEL_DEVICES_CLOCK_RTC_H_
