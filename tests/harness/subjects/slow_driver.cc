#include "tests/harness/subjects/slow_driver.h"

#include "tests/harness/subjects/spin.h"

namespace kernel::devices::slow_driver {

Result<void> Start(const abi::BootHandoff&) {
  Spin();
  return {};
}

}  // namespace kernel::devices::slow_driver
