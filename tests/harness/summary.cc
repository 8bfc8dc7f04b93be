#include "tests/harness/summary.h"

#include <algorithm>
#include <cstddef>

namespace harness {

Summary Summarize(std::vector<std::int64_t> samples) {
  if (samples.empty()) return {};
  std::ranges::sort(samples);
  const auto percentile = [&](std::size_t percent) {
    const std::size_t rank = (percent * samples.size() + 99) / 100;
    return samples[std::max<std::size_t>(rank, 1) - 1];
  };
  return {samples.front(), percentile(50), percentile(95), samples.back()};
}

}  // namespace harness
