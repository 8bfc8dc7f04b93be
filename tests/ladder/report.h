// The ladder as a table for a terminal, as JSON for tools and as one page for people.
#ifndef TESTS_LADDER_REPORT_H_
#define TESTS_LADDER_REPORT_H_

#include <string>

#include "tests/ladder/ladder.h"

namespace ladder {

/// Ends with a newline.
std::string TextOf(const Ladder& ladder);

/// With every sample. Times in nanoseconds.
std::string JsonOf(const Ladder& ladder);

/// HTML and SVG that need nothing else; by the reader's choice light or dark.
std::string PageOf(const Ladder& ladder);

/// The two pictures of the page, as SVG: a bar for each rung, and the stretches of each.
std::string BarChart(const Ladder& ladder);
std::string StretchChart(const Ladder& ladder);

/// "3041" or "26.4": how many times.
std::string Times(double factor);

/// The steps on that accelerator, in the ladder's order.
std::vector<const Step*> StepsOn(const Ladder& ladder, monitors::Accelerator accelerator);

/// "KVM" or "emulation (TCG)".
std::string_view TitleOf(monitors::Accelerator accelerator);

inline constexpr monitors::Accelerator kAccelerators[] = {monitors::Accelerator::kKvm,
                                                          monitors::Accelerator::kTcg};

}  // namespace ladder

#endif  // TESTS_LADDER_REPORT_H_
