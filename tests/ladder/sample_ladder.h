// A ladder as a good climb shows it, for tests.
#ifndef TESTS_LADDER_SAMPLE_LADDER_H_
#define TESTS_LADDER_SAMPLE_LADDER_H_

#include <cstdint>

#include "tests/ladder/ladder.h"

namespace ladder {

/// A marked boot that reached main so long after the exec of the monitor.
harness::Sample SampleBoot(std::int64_t app_main_ns);

/// Every rung of the table, each 1.5 times as slow as the next one but where more is promised.
Ladder SampleLadder();

}  // namespace ladder

#endif  // TESTS_LADDER_SAMPLE_LADDER_H_
