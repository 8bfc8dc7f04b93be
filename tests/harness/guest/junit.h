// The result file that Bazel and build servers read.
//
// Source: the JUnit XML dialect that Bazel writes itself (testsuites / testsuite / testcase /
// failure).
#ifndef TESTS_HARNESS_GUEST_JUNIT_H_
#define TESTS_HARNESS_GUEST_JUNIT_H_

#include <cstdint>
#include <string>
#include <vector>

namespace harness {

struct CaseResult {
  std::string name;  // "Suite.Name"
  std::int64_t duration_ns = 0;
  std::string failure = {};  // Empty if it passed.
  std::string output = {};   // What the console showed; written for failures only.
};

/// The XML of one suite. Characters that XML cannot hold become '?'.
std::string JunitOf(const std::string& suite, const std::vector<CaseResult>& results);

}  // namespace harness

#endif  // TESTS_HARNESS_GUEST_JUNIT_H_
