#include "kernel/devices/virtio/split_queue.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "gtest/gtest.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/devices/virtio/fake_device.h"
#include "kernel/devices/virtio/transport.h"

namespace kernel::devices::virtio {
namespace {

constexpr std::uint16_t kSize = 8;

class SplitQueueTest : public testing::TestWithParam<bool> {
 protected:
  SplitQueueTest()
      : queue_(memory_.get(), kSize, GetParam()),
        device_({kSize, queue_.descriptors(), queue_.available(), queue_.used()}) {}

  bool event_index() const { return GetParam(); }

  static std::vector<Buffer> Chain(std::size_t readable, std::size_t writable) {
    std::vector<Buffer> buffers;
    for (std::size_t i = 0; i < readable + writable; ++i) {
      buffers.push_back({PhysAddr(0x1000 * (i + 1)), 100, i >= readable});
    }
    return buffers;
  }

  /// Adds and publishes a chain, and lets the device see it.
  std::uint16_t Show(std::size_t readable, std::size_t writable) {
    const Result<std::uint16_t> chain = queue_.Add(Chain(readable, writable));
    EXPECT_TRUE(chain);
    (void)queue_.Publish();
    const auto available = device_.TakeAvailable();
    EXPECT_EQ(available, std::vector<std::uint16_t>{*chain});
    return *chain;
  }

  void ExpectBroken() {
    EXPECT_EQ(queue_.Poll().error(), Error::kDevice);
    // It stays so, whatever the device does next.
    device_.SetUsedIndex(0);
    EXPECT_EQ(queue_.Poll().error(), Error::kDevice);
    EXPECT_EQ(queue_.Add(Chain(1, 0)).error(), Error::kDevice);
    EXPECT_FALSE(queue_.Publish());
  }

  QueueMemory memory_ = MakeQueueMemory();
  SplitQueue queue_;
  FakeQueue device_;
};

TEST_P(SplitQueueTest, TheDeviceSeesChainsAsTheyWereAdded) {
  const std::uint16_t chain = Show(2, 1);
  const std::vector<Buffer> buffers = device_.BuffersOf(chain);
  ASSERT_EQ(buffers.size(), 3u);
  EXPECT_EQ(buffers[1].address, PhysAddr(0x2000));
  EXPECT_EQ(buffers[1].size, 100u);
  EXPECT_FALSE(buffers[1].writable);
  EXPECT_TRUE(buffers[2].writable);
}

TEST_P(SplitQueueTest, NothingIsSeenBeforeItIsPublished) {
  ASSERT_TRUE(queue_.Add(Chain(1, 0)));
  EXPECT_TRUE(device_.TakeAvailable().empty());
  EXPECT_TRUE(queue_.Publish());
  EXPECT_EQ(device_.TakeAvailable().size(), 1u);
  EXPECT_FALSE(queue_.Publish());  // Nothing new.
}

TEST_P(SplitQueueTest, CompletionsComeInTheDevicesOrder) {
  const std::uint16_t first = Show(1, 1);
  const std::uint16_t second = Show(0, 2);
  EXPECT_EQ(*queue_.Poll(), std::nullopt);
  device_.Complete(second, 200);
  device_.Complete(first, 7);
  auto completion = queue_.Poll();
  ASSERT_TRUE(completion && *completion);
  EXPECT_EQ((*completion)->chain, second);
  EXPECT_EQ((*completion)->written, 200u);
  completion = queue_.Poll();
  ASSERT_TRUE(completion && *completion);
  EXPECT_EQ((*completion)->chain, first);
  EXPECT_EQ((*completion)->written, 7u);
  EXPECT_EQ(*queue_.Poll(), std::nullopt);
  EXPECT_EQ(queue_.free(), kSize);
}

TEST_P(SplitQueueTest, WorksForMoreThanTheIndicesCount) {
  for (int i = 0; i < 70000; ++i) {
    const std::uint16_t chain = Show(static_cast<std::size_t>(i % 3), 1);
    device_.Complete(chain, 100);
    const auto completion = queue_.Poll();
    ASSERT_TRUE(completion && *completion) << i;
    ASSERT_EQ((*completion)->chain, chain);
    ASSERT_EQ(queue_.free(), kSize);
  }
}

TEST_P(SplitQueueTest, TakesNoMoreThanFits) {
  EXPECT_EQ(queue_.Add(Chain(kSize, 1)).error(), Error::kNoSpace);
  ASSERT_TRUE(queue_.Add(Chain(kSize - 1, 0)));
  EXPECT_EQ(queue_.free(), 1);
  EXPECT_EQ(queue_.Add(Chain(2, 0)).error(), Error::kNoSpace);
  ASSERT_TRUE(queue_.Add(Chain(0, 1)));
  EXPECT_EQ(queue_.Add(Chain(1, 0)).error(), Error::kNoSpace);
}

TEST_P(SplitQueueTest, RefusesChainsThatMakeNoSense) {
  EXPECT_EQ(queue_.Add({}).error(), Error::kInvalidArgument);
  const std::array<Buffer, 2> wrong = {{{PhysAddr(1), 1, true}, {PhysAddr(2), 1, false}}};
  EXPECT_EQ(queue_.Add(wrong).error(), Error::kInvalidArgument);
  EXPECT_EQ(queue_.free(), kSize);
}

TEST_P(SplitQueueTest, ACompletionThatWasNotAskedForBreaksIt) {
  device_.Complete(0, 0);
  ExpectBroken();
}

TEST_P(SplitQueueTest, AnIndexThatJumpsBreaksIt) {
  Show(1, 0);
  device_.SetUsedIndex(2);
  ExpectBroken();
}

TEST_P(SplitQueueTest, AnIndexThatGoesBackBreaksIt) {
  device_.Complete(Show(1, 0), 0);
  ASSERT_TRUE(queue_.Poll());
  Show(1, 0);
  device_.SetUsedIndex(0);
  ExpectBroken();
}

TEST_P(SplitQueueTest, AChainOutOfRangeBreaksIt) {
  Show(1, 0);
  device_.Complete(kSize, 0);
  ExpectBroken();
}

TEST_P(SplitQueueTest, AChainWhoseLowHalfIsRightBreaksIt) {
  device_.Complete(0x10000u + Show(1, 0), 0);
  ExpectBroken();
}

TEST_P(SplitQueueTest, TheMiddleOfAChainBreaksIt) {
  const std::uint16_t chain = Show(2, 0);
  device_.Complete((chain + 1u) % kSize, 0);
  ExpectBroken();
}

TEST_P(SplitQueueTest, TheSameChainTwiceBreaksIt) {
  const std::uint16_t chain = Show(1, 0);
  Show(1, 0);
  device_.Complete(chain, 0);
  ASSERT_TRUE(queue_.Poll());
  device_.Complete(chain, 0);
  ExpectBroken();
}

TEST_P(SplitQueueTest, MoreBytesThanFitBreakIt) {
  device_.Complete(Show(1, 2), 201);
  ExpectBroken();
}

TEST_P(SplitQueueTest, WritingToWhatIsOnlyReadBreaksIt) {
  device_.Complete(Show(1, 0), 1);
  ExpectBroken();
}

TEST_P(SplitQueueTest, NotifiesUnlessTheDeviceDoesNotWantIt) {
  for (std::uint16_t i = 0; i < 6; ++i) {
    device_.SetUsedFlags(i % 2);
    // Without an event index the flag decides; with one, whether the event lies within what is new.
    device_.SetAvailableEvent(i % 2 == 0 ? i : static_cast<std::uint16_t>(i + 1));
    ASSERT_TRUE(queue_.Add(Chain(1, 0)));
    EXPECT_EQ(queue_.Publish(), i % 2 == 0) << i;
  }
}

TEST_P(SplitQueueTest, WantsNoInterrupts) {
  if (!event_index()) {
    EXPECT_EQ(device_.available_flags(), 1);
    return;
  }
  EXPECT_EQ(device_.available_flags(), 0);
  for (std::uint16_t used = 0; used < 20; ++used) {
    // Section 2.7.7.2: an interrupt is due when the used index moves past the event.
    EXPECT_EQ(device_.used_event(), static_cast<std::uint16_t>(used - 1));
    device_.Complete(Show(1, 0), 0);
    ASSERT_TRUE(queue_.Poll());
  }
}

INSTANTIATE_TEST_SUITE_P(WithAndWithoutEventIndex, SplitQueueTest, testing::Bool());

}  // namespace
}  // namespace kernel::devices::virtio
