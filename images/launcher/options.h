// The launcher's command line: what the appliance's BUILD file says, then what the user adds.
//
//   launcher --image=PATH --vmm=PATH --qemu=DIR [--memory=SIZE] [--cpus=N] [--cmdline=TEXT]
//            [--prefer-qemu] -- [MONITOR FLAG]… [WORD]… [-- WORD…]
//
// After the first "--" stands what the user wrote: words that begin with "--" are flags as of
// `vmm run`, all others (and all after a further "--") are added to the appliance's command line.
#ifndef IMAGES_LAUNCHER_OPTIONS_H_
#define IMAGES_LAUNCHER_OPTIONS_H_

#include <span>
#include <string>

#include "images/monitors/machine.h"

namespace launcher {

struct Options {
  monitors::Machine machine;  // Monitor and accelerator are chosen later.
  monitors::Tools tools;
  bool prefer_qemu = false;             // `.run_qemu`
  std::string kvm_device = "/dev/kvm";  // Another by the user's --kvm=PATH, as for `vmm run`.
};

[[nodiscard]] monitors::Result<Options> ParseOptions(std::span<char* const> arguments);

}  // namespace launcher

#endif  // IMAGES_LAUNCHER_OPTIONS_H_
