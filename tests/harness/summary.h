// What is said of many samples of one quantity.
#ifndef TESTS_HARNESS_SUMMARY_H_
#define TESTS_HARNESS_SUMMARY_H_

#include <cstdint>
#include <vector>

namespace harness {

/// Of no samples at all: all zero.
struct Summary {
  std::int64_t min = 0;
  std::int64_t p50 = 0;
  std::int64_t p95 = 0;
  std::int64_t max = 0;
};

/// Percentiles by nearest rank: always one of the samples.
Summary Summarize(std::vector<std::int64_t> samples);

}  // namespace harness

#endif  // TESTS_HARNESS_SUMMARY_H_
