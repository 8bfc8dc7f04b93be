#include "kernel/base/register.h"

#include <cstdint>

#include "gtest/gtest.h"

namespace kernel {
namespace {

struct Control : Register<Control, std::uint8_t, 3> {
  static constexpr Field<1, 0, std::uint8_t> kLength{};
  static constexpr Flag<7> kLatch{};
};

struct Wide : Register<Wide, std::uint64_t, 0x10> {
  static constexpr Field<63, 0, std::uint64_t> kAll{};
  static constexpr Field<63, 60, std::uint8_t> kTop{};
};

TEST(Register, FieldsAreReadWhereTheyLie) {
  Control control;
  control.raw = 0x82;
  EXPECT_EQ(control.Get(Control::kLength), 2);
  EXPECT_TRUE(control.Get(Control::kLatch));
  EXPECT_EQ(Control::kOffset, 3);
}

TEST(Register, WithReplacesOneFieldAndKeepsTheOthers) {
  Control control;
  control.raw = 0x7c;
  const Control changed =
      control.With(Control::kLength, std::uint8_t{3}).With(Control::kLatch, true);
  EXPECT_EQ(changed.raw, 0xff);
  EXPECT_EQ(control.raw, 0x7c);
  EXPECT_EQ(changed.With(Control::kLatch, false).raw, 0x7f);
}

TEST(Register, AValueTooLargeCannotSpillIntoANeighbour) {
  EXPECT_EQ(Control{}.With(Control::kLength, std::uint8_t{0xff}).raw, 0x03);
}

TEST(Register, AFieldMayFillTheRegister) {
  const Wide wide = Wide{}.With(Wide::kAll, ~std::uint64_t{0});
  EXPECT_EQ(wide.raw, ~std::uint64_t{0});
  EXPECT_EQ(wide.With(Wide::kTop, std::uint8_t{0}).raw, 0x0fff'ffff'ffff'ffff);
}

}  // namespace
}  // namespace kernel
