#include "kernel/devices/virtio/console_device.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "kernel/base/address.h"
#include "kernel/base/nanoseconds.h"
#include "kernel/base/result.h"
#include "kernel/devices/virtio/fake_device.h"
#include "kernel/devices/virtio/transport.h"

namespace kernel::devices::virtio {
namespace {

// Two queues; a third is asked for by no test.
std::array<QueueMemory, 2> queue_memory;
std::size_t queues = 0;

Result<void*> Allocate(Bytes, Bytes) {
  QueueMemory& memory = queue_memory[queues++ % 2];
  memory = MakeQueueMemory();
  return memory.get();
}

class ConsoleDeviceTest : public testing::Test {
 protected:
  ConsoleDeviceTest() {
    fake_.queue_count = 2;
    fake_.on_notify = [this](FakeQueue& queue) {
      for (const std::uint16_t chain : queue.TakeAvailable()) {
        for (const Buffer& buffer : queue.BuffersOf(chain)) {
          text_ += std::string_view(reinterpret_cast<const char*>(ToPointer(buffer.address)),
                                    buffer.size);
        }
        queue.Complete(chain, 0);
      }
    };
  }

  Result<void> Open() { return console_.Open(&fake_, Nanoseconds(1'000'000), &Allocate); }

  FakeDevice fake_;
  ConsoleDevice console_;
  std::string text_;
};

TEST_F(ConsoleDeviceTest, WritesALineWithOneNotification) {
  ASSERT_TRUE(Open());
  EXPECT_EQ(fake_.status, 15);
  ASSERT_TRUE(console_.Write("hello from Torito\n"));
  EXPECT_EQ(fake_.notifications, 1);
  ASSERT_TRUE(console_.Write(""));
  EXPECT_EQ(fake_.notifications, 1);
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(console_.Write("x"));
  EXPECT_EQ(text_, "hello from Torito\nxxxxxxxxxxxxxxxxxxxx");
}

TEST_F(ConsoleDeviceTest, IsNotThereBeforeItIsOpen) {
  EXPECT_EQ(console_.Write("x").error(), Error::kDevice);
}

TEST_F(ConsoleDeviceTest, WantsBothQueues) {
  fake_.queue_count = 1;
  EXPECT_EQ(Open().error(), Error::kNotFound);
  EXPECT_EQ(fake_.status, 0);
}

TEST_F(ConsoleDeviceTest, GivesUpADeviceThatDoesNotAnswer) {
  ASSERT_TRUE(Open());
  fake_.on_notify = nullptr;
  EXPECT_EQ(console_.Write("x").error(), Error::kTimeout);
  EXPECT_EQ(fake_.status, 0);
  // At once: nothing is waited for twice.
  EXPECT_EQ(console_.Write("x").error(), Error::kDevice);
  EXPECT_EQ(fake_.notifications, 1);
}

TEST_F(ConsoleDeviceTest, GivesUpADeviceThatLies) {
  ASSERT_TRUE(Open());
  fake_.on_notify = [](FakeQueue& queue) { queue.Complete(0, 1); };
  EXPECT_EQ(console_.Write("x").error(), Error::kDevice);
  EXPECT_EQ(fake_.status, 0);
}

}  // namespace
}  // namespace kernel::devices::virtio
