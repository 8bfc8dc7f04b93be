#include "vmm/base/text.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <limits>

#include "vmm/base/result.h"

namespace vmm {
namespace {

TEST(Cat, JoinsPartsOfEveryKind) {
  EXPECT_EQ(Cat("port ", 0x3f8, ' ', Hex{0x3f8}, std::string(" x"), -7), "port 1016 0x3f8 x-7");
  EXPECT_EQ(Cat(), "");
}

TEST(Cat, WritesTheLargestAndSmallestNumbers) {
  EXPECT_EQ(Cat(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
  EXPECT_EQ(Cat(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(Cat(Hex{~std::uint64_t{0}}), "0xffffffffffffffff");
  EXPECT_EQ(Cat(Hex{0}), "0x0");
}

TEST(Message, AddsTheHostsWordsOnlyWhereThereAreAny) {
  EXPECT_EQ(Message({Code::kHostFault, "cannot open x", ENOENT}),
            "cannot open x: No such file or directory");
  EXPECT_EQ(Message({Code::kGuestFault, "odd", 0}), "odd");
}

}  // namespace
}  // namespace vmm
