// What samples.cc defines with our own TEST, for runner_test.cc.
#ifndef KERNEL_TESTING_SAMPLES_H_
#define KERNEL_TESTING_SAMPLES_H_

#include <span>

#include "kernel/testing/runner.h"

namespace kernel::testing {

std::span<const TestCase> SampleCases();

}  // namespace kernel::testing

#endif  // KERNEL_TESTING_SAMPLES_H_
