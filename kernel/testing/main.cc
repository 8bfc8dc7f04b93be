// The program of an image that is a set of tests.
#include <cstddef>
#include <span>
#include <string_view>

#include "kernel/devices/console.h"
#include "kernel/testing/runner.h"

// In kernel/image.ld.in.
extern "C" const kernel::testing::TestCase test_cases_begin[], test_cases_end[];

int main(int argc, char** argv) {
  return kernel::testing::RunTests(
      std::span(test_cases_begin, static_cast<std::size_t>(test_cases_end - test_cases_begin)),
      std::span(argv, static_cast<std::size_t>(argc)), &kernel::devices::Write);
}
