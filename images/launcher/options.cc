#include "images/launcher/options.h"

#include <string_view>

namespace launcher {
namespace {

using monitors::Result;

// Where `argument` is "NAME=VALUE": stores the value and is true.
bool Takes(std::string_view argument, std::string_view name, std::string& value) {
  if (!argument.starts_with(name) || !argument.substr(name.size()).starts_with('=')) return false;
  value = argument.substr(name.size() + 1);
  return true;
}

bool TakesAppliances(std::string_view argument, Options& options) {
  if (argument == "--prefer-qemu") return options.prefer_qemu = true;
  return Takes(argument, "--image", options.machine.image) ||
         Takes(argument, "--vmm", options.tools.vmm) ||
         Takes(argument, "--qemu", options.tools.qemu) ||
         Takes(argument, "--memory", options.machine.memory) ||
         Takes(argument, "--cpus", options.machine.cpus) ||
         Takes(argument, "--cmdline", options.machine.command_line);
}

void TakeUsers(std::string_view argument, Options& options) {
  if (Takes(argument, "--memory", options.machine.memory) ||
      Takes(argument, "--cpus", options.machine.cpus) ||
      Takes(argument, "--cmdline", options.machine.command_line)) {
    return;
  }
  // Both the launcher and our monitor want to know this one.
  Takes(argument, "--kvm", options.kvm_device);
  options.machine.vmm_flags.emplace_back(argument);
}

void AddWord(std::string_view word, std::string& command_line) {
  if (!command_line.empty()) command_line += ' ';
  command_line += word;
}

}  // namespace

Result<Options> ParseOptions(std::span<char* const> arguments) {
  Options options;
  std::size_t next = 0;
  for (; next < arguments.size() && std::string_view(arguments[next]) != "--"; ++next) {
    if (!TakesAppliances(arguments[next], options)) {
      return std::unexpected("launcher: unknown option " + std::string(arguments[next]));
    }
  }
  if (options.machine.image.empty() || options.tools.vmm.empty() || options.tools.qemu.empty()) {
    return std::unexpected(
        "launcher: --image, --vmm and --qemu must be given; start appliances "
        "with ./bazelw run //images/hello:hello.run");
  }
  bool only_words = false;
  for (++next; next < arguments.size(); ++next) {
    const std::string_view argument = arguments[next];
    if (!only_words && argument == "--") {
      only_words = true;
    } else if (!only_words && argument.starts_with("--")) {
      TakeUsers(argument, options);
    } else {
      AddWord(argument, options.machine.command_line);
    }
  }
  return options;
}

}  // namespace launcher
