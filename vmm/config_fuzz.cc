// Any words must be taken or refused with one line, and what is taken must keep MachineConfig's
// promises.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "vmm/config.h"
#include "vmm/layout.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    words.push_back(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  const auto command = vmm::ParseCommandLine(words);
  if (!command) {
    if (command.error().what.empty()) __builtin_trap();
    return 0;
  }
  const vmm::MachineConfig& config = command->config;
  if (config.memory < vmm::layout::kMinMemory || config.memory > vmm::layout::kMaxMemory ||
      config.memory.count() % vmm::kPageSize.count() != 0 ||
      config.command_line.size() > vmm::layout::kMaxCommandLine.count() ||
      (command->kind == vmm::Command::Kind::kRun && config.image.empty())) {
    __builtin_trap();
  }
  return 0;
}
