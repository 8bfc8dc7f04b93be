#include "tests/ladder/sample_ladder.h"

#include <algorithm>

namespace ladder {

harness::Sample SampleBoot(std::int64_t app_main_ns) {
  return {.process_ns = app_main_ns + 300'000,
          .exec_ns = 50'000,
          .marks = {{"nucleus_entry", app_main_ns - 90'000},
                    {"ring3_entry", app_main_ns - 70'000},
                    {"kernel_main", app_main_ns - 30'000},
                    {"units_ready", app_main_ns - 10'000},
                    {"app_main", app_main_ns},
                    {"exit", app_main_ns + 20'000}}};
}

Ladder SampleLadder() {
  Ladder ladder = {.host = "a processor <of some kind>",
                   .runs = 2,
                   .unit = {.name = "unit", .samples = {{.process_ns = 400'000}}},
                   .echo = {.name = "echo", .samples = {{.process_ns = 900'000}}}};
  std::int64_t time_ns = 500'000;
  for (const Rung& rung : AllRungs()) {
    // By emulation it begins anew, for the slowest of the one are slower than the fastest of the
    // other.
    if (rung.name == "microvm") time_ns = 40'000'000;
    if (rung.name == "raw") time_ns *= 4;
    ladder.steps.push_back(
        {.rung = rung,
         .image_bytes = 65'536,
         .marked = {.name = "marked",
                    .samples = {SampleBoot(time_ns + 1000), SampleBoot(time_ns)}}});
    time_ns += time_ns / 2;
  }
  std::ranges::reverse(ladder.steps);
  return ladder;
}

}  // namespace ladder
