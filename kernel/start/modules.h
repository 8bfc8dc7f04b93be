// Modules: files that the loader put into memory beside the image: GRUB's `module`, `module2` and
// `initrd`, QEMU's -initrd. For applications.
//
//   for (std::size_t i = 0; i < ModuleCount(); ++i) Use(GetModule(i).bytes);
#ifndef KERNEL_START_MODULES_H_
#define KERNEL_START_MODULES_H_

#include <cstddef>
#include <span>
#include <string_view>

namespace kernel::start {

/// One file. What it consists of lives as long as the image does; nobody else uses its memory.
struct Module {
  std::span<const std::byte> bytes;
  /// What the user wrote behind the file's name; empty if nothing. A Linux initrd never has any.
  std::string_view command_line;
};

/// How many there are: 0 to abi::BootHandoff::kMaxModules. An image with more does not boot.
std::size_t ModuleCount();

/// The module of that number, from 0 to ModuleCount() - 1, in the loader's order.
Module GetModule(std::size_t index);

}  // namespace kernel::start

#endif  // KERNEL_START_MODULES_H_
