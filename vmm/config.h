// MachineConfig: the one struct between the command line and the machine.
#ifndef VMM_CONFIG_H_
#define VMM_CONFIG_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "vmm/base/address.h"
#include "vmm/base/result.h"
#include "vmm/memory/guest_memory.h"

namespace vmm {

/// How the image is entered.
enum class BootMode : std::uint8_t {
  kDirect,   // Ring 3, by the image's BootBlock.
  kLinux64,  // The 64-bit Linux entry, with boot_params.
  kPvh,      // The PVH note's 32-bit entry, with hvm_start_info.
};

struct ConsoleConfig {
  enum class Kind : std::uint8_t { kStdio, kFile, kNone };

  Kind kind = Kind::kStdio;
  std::string path = {};  // Of kFile.
};

struct MachineConfig {
  std::string image;
  Bytes memory{Bytes(32u << 20)};  // layout::kMinMemory to kMaxMemory, whole pages.
  std::uint32_t cpus = 1;          // 1 to layout::kMaxCpus.
  std::string command_line;        // At most layout::kMaxCommandLine, no NUL.
  ConsoleConfig console;
  Pages pages = Pages::kNormal;
  std::optional<BootMode> boot;  // Empty: kDirect if the image has a BootBlock, else kLinux64.
  std::string stats_file;        // Empty: none.
  std::string trace_file;        // Empty: none.
  std::string kvm_device = "/dev/kvm";
  bool quiet = false;

  /// Whether anybody will read clocks and counters; without, none is collected that costs time.
  bool observed() const { return !stats_file.empty() || !trace_file.empty(); }
};

/// What `vmm` was asked for.
struct Command {
  enum class Kind : std::uint8_t { kRun, kCheck, kHelp };

  Kind kind = Kind::kHelp;
  MachineConfig config;  // Of kRun; of kCheck only kvm_device.
};

/// Reads the words after the program's name. Errors name the word and the remedy.
[[nodiscard]] Result<Command> ParseCommandLine(std::span<const std::string_view> words);

/// What --help prints.
extern const std::string_view kHelpText;

}  // namespace vmm

#endif  // VMM_CONFIG_H_
