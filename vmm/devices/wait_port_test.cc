#include "vmm/devices/wait_port.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>
#include <mutex>

#include "kernel/abi/ports.h"

namespace vmm {
namespace {

// Always has something for the image.
class Ready final : public EventSource {
 public:
  Ready() {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    reading_ = UniqueFd(ends[0]);
    writing_ = UniqueFd(ends[1]);
    EXPECT_EQ(write(writing_.get(), "x", 1), 1);
  }
  int fd() const override { return reading_.get(); }
  Result<bool> Handle() override { return true; }

 private:
  UniqueFd reading_;
  UniqueFd writing_;
};

class WaitPortTest : public testing::Test {
 protected:
  Result<std::uint32_t> Wait(std::uint64_t timeout_ns, GuestAddr request = GuestAddr(0x100)) {
    const abi::WaitRequest wanted = {.timeout_ns = timeout_ns};
    std::memcpy(memory_.Slice(GuestAddr(0x100), Bytes(sizeof(wanted)))->data(), &wanted,
                sizeof(wanted));
    std::mutex devices;
    const std::lock_guard held(devices);
    WaitPort port(request, memory_, events_, console_, devices);
    std::uint32_t answer = ~0u;
    const auto read = port.Read(0, std::as_writable_bytes(std::span(&answer, 1)));
    if (!read) return std::unexpected(read.error());
    return answer;
  }

  GuestMemory memory_ = GuestMemory::Create(Bytes(0x1000), Pages::kNormal).value();
  EventSources events_;
  Console console_{-1};
};

TEST_F(WaitPortTest, ReturnsWhenTheTimeHasPassed) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(Wait(3'000'000), std::uint32_t{ABI_WAIT_TIMEOUT});
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(3));
}

TEST_F(WaitPortTest, ReturnsAtOnceWhenThereIsSomethingToDo) {
  Ready ready;
  events_.Add(ready);
  EXPECT_EQ(Wait(abi::WaitRequest::kForever), std::uint32_t{ABI_WAIT_EVENT});
}

TEST_F(WaitPortTest, AWaitThatNothingCanEndIsAFault) {
  const auto answer = Wait(abi::WaitRequest::kForever);
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().code, Code::kGuestFault);
}

TEST_F(WaitPortTest, ARequestOutsideMemoryIsAFault) {
  EXPECT_EQ(Wait(0, GuestAddr(0xffc)).error().code, Code::kGuestFault);
  EXPECT_EQ(Wait(0, GuestAddr(~0ull)).error().code, Code::kGuestFault);
}

TEST_F(WaitPortTest, CannotBeWritten) {
  std::mutex devices;
  WaitPort port(GuestAddr(0x100), memory_, events_, console_, devices);
  const std::array<std::byte, 4> bytes = {};
  EXPECT_EQ(port.Write(0, bytes).error().code, Code::kGuestFault);
}

}  // namespace
}  // namespace vmm
