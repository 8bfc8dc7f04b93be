// FakeIo: the Io of a device that exists only in a host test.
//
// Reads come from a table that the test fills, writes go to a log that the test reads.
#ifndef KERNEL_ARCH_FAKE_FAKE_IO_H_
#define KERNEL_ARCH_FAKE_FAKE_IO_H_

#include <cstdint>
#include <functional>
#include <map>
#include <utility>
#include <vector>

namespace kernel::arch {

/// What a test prepares and looks at; outlives every FakeIo that names it.
struct FakeRegisters {
  /// Offset to value; a register that is not here reads as all ones, as an absent device does.
  std::map<std::uint16_t, std::uint64_t> values;
  /// Each write in order: offset and value.
  std::vector<std::pair<std::uint16_t, std::uint64_t>> writes;
  /// Called after each write, if set: lets a test move the device's state on.
  std::function<void(std::uint16_t offset, std::uint64_t value)> on_write;
};

class FakeIo {
 public:
  explicit FakeIo(FakeRegisters* registers) : registers_(registers) {}

  template <typename R>
  R Read() const {
    R value;
    value.raw = ReadAt<typename R::WordType>(R::kOffset);
    return value;
  }

  template <typename R>
  void Write(R value) const {
    WriteAt(R::kOffset, value.raw);
  }

  template <typename Word>
  Word ReadAt(std::uint16_t offset) const {
    const auto found = registers_->values.find(offset);
    return static_cast<Word>(found == registers_->values.end() ? ~std::uint64_t{0} : found->second);
  }

  template <typename Word>
  void WriteAt(std::uint16_t offset, Word value) const {
    registers_->writes.emplace_back(offset, value);
    if (registers_->on_write) registers_->on_write(offset, value);
  }

 private:
  FakeRegisters* registers_;
};

}  // namespace kernel::arch

#endif  // KERNEL_ARCH_FAKE_FAKE_IO_H_
