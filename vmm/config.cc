#include "vmm/config.h"

#include <array>
#include <charconv>
#include <utility>

#include "vmm/base/text.h"
#include "vmm/layout.h"

namespace vmm {

const std::string_view kHelpText = R"(vmm: boots an image in a virtual machine of its own

vmm run IMAGE [flags]
  --memory=SIZE        RAM, e.g. 32M (default) or 1G; 2M to 3G
  --cpus=N             processors, 1 (default) to 254; what the host's KVM takes: vmm check
  --cmdline=TEXT       the image's command line, up to 64 KiB
  --console=stdio|file:PATH|none
                       where the image's console goes (default: standard output)
  --pages=normal|thp|2M
                       host pages behind the RAM: as usual, transparent huge pages, or reserved ones
  --boot=direct|linux64|pvh
                       how the image is entered (default: direct if the image can, else linux64)
  --stats=FILE         writes marks, exits and memory as JSON when the image has ended
  --trace=FILE         writes a trace for Chrome's trace viewer or Perfetto
  --kvm=PATH           the KVM device (default /dev/kvm)
  --quiet              says nothing on standard error about the image's own faults
vmm check [--kvm=PATH] what this host's KVM offers, and what is slow about it
vmm --help

Exit status: 0 the image ended well, 1 bad flags or image, 2 the image failed, 3 the host failed,
64+n the image ended with n (1 to 63).
)";

namespace {

// Shown with every complaint about words, so that the next step is never a guess.
constexpr std::string_view kSeeHelp = " (see vmm --help)";

std::unexpected<Error> BadValue(std::string_view flag, std::string_view value,
                                std::string_view remedy) {
  return InvalidArgument(Cat("--", flag, "=", value, ": ", remedy));
}

Result<Bytes> ParseSize(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  int shift = 0;
  if (unit == "K") shift = 10;
  if (unit == "M") shift = 20;
  if (unit == "G") shift = 30;
  if (error != std::errc() || (shift == 0 && !unit.empty()) || number > (~0ull >> shift)) {
    return InvalidArgument("give a number of bytes, or one with K, M or G, such as 32M");
  }
  return Bytes(number << shift);
}

Result<void> SetMemory(std::string_view value, MachineConfig& config) {
  const Result<Bytes> size = ParseSize(value);
  if (!size) return BadValue("memory", value, size.error().what);
  if (*size < layout::kMinMemory || *size > layout::kMaxMemory) {
    return BadValue("memory", value, "give 2M to 3G");
  }
  if (size->count() % kPageSize.count() != 0) {
    return BadValue("memory", value, "give whole pages of 4K");
  }
  config.memory = *size;
  return {};
}

Result<void> SetCpus(std::string_view value, MachineConfig& config) {
  std::uint32_t count = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), count);
  if (error != std::errc() || end != value.data() + value.size() || count == 0 ||
      count > layout::kMaxCpus) {
    return BadValue("cpus", value, "give a number from 1 to 254");
  }
  config.cpus = count;
  return {};
}

Result<void> SetCommandLine(std::string_view value, MachineConfig& config) {
  if (value.size() > layout::kMaxCommandLine.count()) {
    return InvalidArgument(Cat("--cmdline: ", value.size(),
                               " bytes; shorten it to 65536, or put the text into a file"));
  }
  config.command_line = value;
  return {};
}

Result<void> SetConsole(std::string_view value, MachineConfig& config) {
  using Kind = ConsoleConfig::Kind;
  constexpr std::string_view kFilePrefix = "file:";
  if (value == "stdio") {
    config.console = {Kind::kStdio};
  } else if (value == "none") {
    config.console = {Kind::kNone};
  } else if (value.starts_with(kFilePrefix) && value.size() > kFilePrefix.size()) {
    config.console = {Kind::kFile, std::string(value.substr(kFilePrefix.size()))};
  } else {
    return BadValue("console", value, "give stdio, file:PATH or none");
  }
  return {};
}

// For flags whose value is one of a few words.
template <typename Value, std::size_t count>
Result<Value> OneOf(std::string_view flag, std::string_view value,
                    const std::array<std::pair<std::string_view, Value>, count>& choices) {
  std::string known;
  for (const auto& [word, choice] : choices) {
    if (word == value) return choice;
    CatTo(known, known.empty() ? "give one of " : ", ", word);
  }
  return BadValue(flag, value, known);
}

Result<void> SetPages(std::string_view value, MachineConfig& config) {
  static constexpr std::array<std::pair<std::string_view, Pages>, 3> kChoices = {
      {{"normal", Pages::kNormal}, {"thp", Pages::kTransparentHuge}, {"2M", Pages::kReserved2M}}};
  const Result<Pages> pages = OneOf("pages", value, kChoices);
  if (!pages) return std::unexpected(pages.error());
  config.pages = *pages;
  return {};
}

Result<void> SetBoot(std::string_view value, MachineConfig& config) {
  static constexpr std::array<std::pair<std::string_view, BootMode>, 3> kChoices = {
      {{"direct", BootMode::kDirect}, {"linux64", BootMode::kLinux64}, {"pvh", BootMode::kPvh}}};
  const Result<BootMode> mode = OneOf("boot", value, kChoices);
  if (!mode) return std::unexpected(mode.error());
  config.boot = *mode;
  return {};
}

template <std::string MachineConfig::* member>
Result<void> SetPath(std::string_view value, MachineConfig& config) {
  if (value.empty()) return InvalidArgument("the path after = is empty; give one");
  config.*member = value;
  return {};
}

struct Flag {
  std::string_view name;
  Result<void> (*set)(std::string_view value, MachineConfig& config);
};

constexpr Flag kRunFlags[] = {
    {"memory", SetMemory},
    {"cpus", SetCpus},
    {"cmdline", SetCommandLine},
    {"console", SetConsole},
    {"pages", SetPages},
    {"boot", SetBoot},
    {"stats", SetPath<&MachineConfig::stats_file>},
    {"trace", SetPath<&MachineConfig::trace_file>},
    {"kvm", SetPath<&MachineConfig::kvm_device>},
};
constexpr Flag kCheckFlags[] = {{"kvm", SetPath<&MachineConfig::kvm_device>}};

// Known to the design, not to this monitor: whoever uses them deserves another answer than a typing
// error.
constexpr std::string_view kLaterFlags[] = {"disk",  "pmem",    "net", "share",
                                            "vsock", "control", "gdb"};
constexpr std::string_view kLaterCommands[] = {"restore", "snapshot", "serve"};

Result<void> SetFlag(std::string_view word, std::span<const Flag> flags, MachineConfig& config) {
  const std::size_t equals = word.find('=');
  const std::string_view name = word.substr(2, equals == word.npos ? word.npos : equals - 2);
  for (const Flag& flag : flags) {
    if (flag.name != name) continue;
    if (equals == word.npos) return InvalidArgument(Cat("--", name, ": write --", name, "=VALUE"));
    return flag.set(word.substr(equals + 1), config);
  }
  for (const std::string_view later : kLaterFlags) {
    if (later == name) return InvalidArgument(Cat("--", name, " is not built yet; leave it out"));
  }
  return InvalidArgument(Cat("unknown flag --", name, kSeeHelp));
}

Result<Command> ParseRun(std::span<const std::string_view> words) {
  Command command = {.kind = Command::Kind::kRun, .config = {}};
  for (const std::string_view word : words) {
    if (word == "--quiet") {
      command.config.quiet = true;
    } else if (word.starts_with("--")) {
      if (const auto set = SetFlag(word, kRunFlags, command.config); !set) {
        return std::unexpected(set.error());
      }
    } else if (word.empty()) {
      return InvalidArgument("the image's path is empty; give one");
    } else if (!command.config.image.empty()) {
      return InvalidArgument(Cat("two images, ", command.config.image, " and ", word,
                                 "; give one (words for the image itself go into --cmdline=TEXT)"));
    } else {
      command.config.image = word;
    }
  }
  if (command.config.image.empty()) return InvalidArgument(Cat("run: no image given", kSeeHelp));
  return command;
}

Result<Command> ParseCheck(std::span<const std::string_view> words) {
  Command command = {.kind = Command::Kind::kCheck, .config = {}};
  for (const std::string_view word : words) {
    if (!word.starts_with("--")) return InvalidArgument(Cat("check: cannot use ", word, kSeeHelp));
    if (const auto set = SetFlag(word, kCheckFlags, command.config); !set) {
      return std::unexpected(set.error());
    }
  }
  return command;
}

}  // namespace

Result<Command> ParseCommandLine(std::span<const std::string_view> words) {
  if (words.empty()) return InvalidArgument(Cat("no command given", kSeeHelp));
  const std::string_view command = words[0];
  if (command == "--help" || command == "-h" || command == "help") return Command{};
  if (command == "run") return ParseRun(words.subspan(1));
  if (command == "check") return ParseCheck(words.subspan(1));
  for (const std::string_view later : kLaterCommands) {
    if (later == command) return InvalidArgument(Cat(command, " is not built yet", kSeeHelp));
  }
  return InvalidArgument(Cat("unknown command ", command, kSeeHelp));
}

}  // namespace vmm
