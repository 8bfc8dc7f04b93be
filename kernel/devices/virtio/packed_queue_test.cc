#include "kernel/devices/virtio/packed_queue.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "gtest/gtest.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/devices/virtio/buffer.h"
#include "kernel/devices/virtio/fake_device.h"
#include "kernel/devices/virtio/fake_packed_queue.h"

namespace kernel::devices::virtio {
namespace {

constexpr std::uint16_t kSize = 8;

class PackedQueueTest : public testing::Test {
 protected:
  PackedQueueTest()
      : queue_(memory_.get(), kSize),
        device_(queue_.descriptors(), queue_.device_events(), kSize) {}

  static std::vector<Buffer> Chain(std::size_t readable, std::size_t writable) {
    std::vector<Buffer> buffers;
    for (std::size_t i = 0; i < readable + writable; ++i) {
      buffers.push_back({PhysAddr(0x1000 * (i + 1)), 100, i >= readable});
    }
    return buffers;
  }

  /// Adds a chain, and lets the device see it.
  std::uint16_t Show(std::size_t readable, std::size_t writable) {
    const Result<std::uint16_t> chain = queue_.Add(Chain(readable, writable));
    EXPECT_TRUE(chain);
    const std::optional<FakeChain> seen = device_.Take();
    EXPECT_TRUE(seen);
    if (seen) EXPECT_EQ(seen->chain, *chain);
    return *chain;
  }

  void ExpectCompletion(std::uint16_t chain, std::uint32_t written) {
    const auto completion = queue_.Poll();
    ASSERT_TRUE(completion && *completion);
    EXPECT_EQ((*completion)->chain, chain);
    EXPECT_EQ((*completion)->written, written);
  }

  void ExpectBroken() {
    EXPECT_EQ(queue_.Poll().error(), Error::kDevice);
    EXPECT_EQ(queue_.Poll().error(), Error::kDevice);
    EXPECT_EQ(queue_.Add(Chain(1, 0)).error(), Error::kDevice);
    EXPECT_FALSE(queue_.Publish());
  }

  QueueMemory memory_ = MakeQueueMemory();
  PackedQueue queue_;
  FakePackedQueue device_;
};

TEST_F(PackedQueueTest, TheDeviceSeesChainsAsTheyWereAdded) {
  EXPECT_FALSE(device_.Take());
  ASSERT_TRUE(queue_.Add(Chain(2, 1)));
  const std::optional<FakeChain> chain = device_.Take();
  ASSERT_TRUE(chain);
  ASSERT_EQ(chain->buffers.size(), 3u);
  EXPECT_EQ(chain->buffers[1].address, PhysAddr(0x2000));
  EXPECT_EQ(chain->buffers[1].size, 100u);
  EXPECT_FALSE(chain->buffers[1].writable);
  EXPECT_TRUE(chain->buffers[2].writable);
  EXPECT_FALSE(device_.Take());
}

TEST_F(PackedQueueTest, CompletionsComeInTheDevicesOrder) {
  const std::uint16_t first = Show(1, 1);
  const std::uint16_t second = Show(0, 3);
  EXPECT_FALSE(queue_.Poll()->has_value());
  device_.Complete(second, 300, 3);
  ExpectCompletion(second, 300);
  EXPECT_FALSE(queue_.Poll()->has_value());
  device_.Complete(first, 7, 2);
  ExpectCompletion(first, 7);
  EXPECT_EQ(queue_.free(), kSize);
}

TEST_F(PackedQueueTest, GoesRoundTheRingManyTimes) {
  for (std::size_t i = 0; i < 1000; ++i) {
    const std::size_t readable = i % 3;
    const std::uint16_t chain = Show(readable, 1);
    const std::uint16_t other = Show(0, 2);
    ASSERT_NE(chain, other);
    device_.Complete(other, 200, 2);
    device_.Complete(chain, 100, readable + 1);
    ExpectCompletion(other, 200);
    ExpectCompletion(chain, 100);
    ASSERT_EQ(queue_.free(), kSize);
  }
}

TEST_F(PackedQueueTest, TakesNoMoreThanFits) {
  EXPECT_EQ(queue_.Add(Chain(kSize, 1)).error(), Error::kNoSpace);
  ASSERT_TRUE(queue_.Add(Chain(kSize - 1, 0)));
  EXPECT_EQ(queue_.free(), 1);
  EXPECT_EQ(queue_.Add(Chain(2, 0)).error(), Error::kNoSpace);
  ASSERT_TRUE(queue_.Add(Chain(0, 1)));
  EXPECT_EQ(queue_.Add(Chain(1, 0)).error(), Error::kNoSpace);
  EXPECT_FALSE(queue_.Poll()->has_value());
}

TEST_F(PackedQueueTest, RefusesChainsThatMakeNoSense) {
  EXPECT_EQ(queue_.Add({}).error(), Error::kInvalidArgument);
  const std::array<Buffer, 2> wrong = {{{PhysAddr(1), 1, true}, {PhysAddr(2), 1, false}}};
  EXPECT_EQ(queue_.Add(wrong).error(), Error::kInvalidArgument);
}

TEST_F(PackedQueueTest, AChainThatTheDeviceDoesNotHaveBreaksIt) {
  const std::uint16_t chain = Show(1, 0);
  device_.Complete(static_cast<std::uint16_t>(chain + 1), 0, 1);
  ExpectBroken();
}

TEST_F(PackedQueueTest, ACompletionThatWasNotAskedForBreaksIt) {
  device_.Complete(0, 0, 1);
  ExpectBroken();
}

TEST_F(PackedQueueTest, AChainOutOfRangeBreaksIt) {
  Show(1, 0);
  device_.Complete(kSize, 0, 1);
  ExpectBroken();
}

TEST_F(PackedQueueTest, TheSameChainTwiceBreaksIt) {
  const std::uint16_t chain = Show(1, 0);
  Show(1, 0);
  device_.Complete(chain, 0, 1);
  ExpectCompletion(chain, 0);
  device_.Complete(chain, 0, 1);
  ExpectBroken();
}

TEST_F(PackedQueueTest, MoreBytesThanFitBreakIt) {
  device_.Complete(Show(1, 2), 201, 3);
  ExpectBroken();
}

TEST_F(PackedQueueTest, NotifiesAsTheDeviceWants) {
  EXPECT_FALSE(queue_.Publish());
  Show(1, 0);
  EXPECT_TRUE(queue_.Publish());
  EXPECT_FALSE(queue_.Publish());  // Nothing new.
  device_.SetEvents(1, 0);
  Show(1, 0);
  EXPECT_FALSE(queue_.Publish());
}

TEST_F(PackedQueueTest, NotifiesWhenAPlaceIsReached) {
  constexpr std::uint16_t kFirstTime = 0x8000;
  // Three descriptors from place 0 on: the places 0 to 2 are reached.
  device_.SetEvents(2, kFirstTime | 3);
  const std::uint16_t first = Show(3, 0);
  EXPECT_FALSE(queue_.Publish());
  device_.SetEvents(2, kFirstTime | 5);
  const std::uint16_t second = Show(3, 0);
  EXPECT_TRUE(queue_.Publish());
  device_.Complete(first, 0, 3);
  device_.Complete(second, 0, 3);
  ExpectCompletion(first, 0);
  ExpectCompletion(second, 0);
  // Places 6 and 7 of the first time round, and 0 of the second.
  device_.SetEvents(2, kFirstTime | 7);
  const std::uint16_t third = Show(3, 0);
  EXPECT_TRUE(queue_.Publish());
  device_.Complete(third, 0, 3);
  ExpectCompletion(third, 0);
  // From place 1 on, in the second time round; 7 of the first lies behind.
  Show(1, 0);
  EXPECT_FALSE(queue_.Publish());
  device_.SetEvents(2, 2);
  Show(1, 0);
  EXPECT_TRUE(queue_.Publish());
}

}  // namespace
}  // namespace kernel::devices::virtio
