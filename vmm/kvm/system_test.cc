#include "vmm/kvm/system.h"

#include <gtest/gtest.h>

namespace vmm::kvm {
namespace {

TEST(System, SaysWhatToDoWithoutADevice) {
  const auto system = System::Open("/nonexistent/kvm");
  ASSERT_FALSE(system.has_value());
  EXPECT_EQ(system.error().code, Code::kHostFault);
  EXPECT_EQ(Message(system.error()),
            "cannot open /nonexistent/kvm; load the module kvm_intel or kvm_amd, or turn on "
            "virtualisation in the firmware: No such file or directory");
}

TEST(System, RefusesADeviceThatIsNotKvm) {
  const auto system = System::Open("/dev/null");
  ASSERT_FALSE(system.has_value());
  EXPECT_EQ(Message(system.error()),
            "/dev/null is not a KVM device; give the right one with --kvm=PATH");
}

}  // namespace
}  // namespace vmm::kvm
