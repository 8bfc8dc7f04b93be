#include "vmm/devices/console.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "kernel/abi/ports.h"
#include "vmm/base/file.h"
#include "vmm/base/text.h"

namespace vmm {
namespace {

// A guest that never ends its line must not fill our memory.
constexpr std::size_t kMaxKept = 4096;

}  // namespace

Result<void> Console::Put(char byte) {
  kept_ += byte;
  if (byte != '\n' && kept_.size() < kMaxKept) return {};
  return Flush();
}

Result<void> Console::PutText(std::string_view text) {
  // In the order in which they came.
  if (const auto flushed = Flush(); !flushed) return flushed;
  return Send(text);
}

Result<void> Console::Flush() {
  if (kept_.empty()) return {};
  const auto sent = Send(kept_);
  kept_.clear();
  return sent;
}

Result<void> Console::Send(std::string_view text) {
  crash_.Look(text);
  if (fd_ < 0) return {};
  if (const int error = WriteAll(fd_, text)) {
    return HostFault("cannot write the image's console", error);
  }
  return {};
}

Result<void> DebugConsole::Read(std::uint64_t, std::span<std::byte> bytes) {
  std::ranges::fill(bytes, std::byte{ABI_DEBUG_CONSOLE_PRESENT});
  return {};
}

Result<void> DebugConsole::Write(std::uint64_t, std::span<const std::byte> bytes) {
  return console_.Put(std::to_integer<char>(bytes[0]));
}

Result<void> ConsoleTextPort::Read(std::uint64_t, std::span<std::byte> bytes) {
  std::ranges::fill(bytes, std::byte{0xff});
  return {};
}

Result<void> ConsoleTextPort::Write(std::uint64_t, std::span<const std::byte> bytes) {
  std::uint32_t address = 0;
  if (bytes.size() != sizeof(address)) return GuestFault("console-text: not a write of 32 bits");
  std::memcpy(&address, bytes.data(), sizeof(address));
  const auto request = memory_.View(GuestAddr(address), Bytes(sizeof(abi::ConsoleText)));
  if (!request) return GuestFault(Cat("console-text: ", request.error().what));
  abi::ConsoleText text;
  std::memcpy(&text, request->data(), sizeof(text));
  if (text.size > abi::ConsoleText::kMaxSize) {
    return GuestFault(
        Cat("console-text: ", text.size, " bytes, more than ", abi::ConsoleText::kMaxSize));
  }
  const auto view = memory_.View(GuestAddr(text.address), Bytes(text.size));
  if (!view) return GuestFault(Cat("console-text: ", view.error().what));
  return console_.PutText({reinterpret_cast<const char*>(view->data()), view->size()});
}

}  // namespace vmm
