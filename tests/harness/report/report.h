// What a measurement says, as text for a terminal, as JSON for tools and as one HTML page.
#ifndef TESTS_HARNESS_REPORT_REPORT_H_
#define TESTS_HARNESS_REPORT_REPORT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tests/harness/budget.h"
#include "tests/harness/measure.h"

namespace harness {

/// One line of the table: a quantity and its samples in nanoseconds.
struct Row {
  std::string name;
  std::vector<std::int64_t> samples;
};

struct Report {
  std::string title;
  std::string note;  // One line: how often, against what.
  std::vector<Row> rows;
  std::vector<Phase> phases;  // Of the fastest boot; may be empty.
  std::vector<std::pair<std::string, double>> counts;
  std::vector<Judgement> judgements;
  std::vector<std::string> complaints;

  bool good() const;
};

/// The rows of a boot test: yardsticks, the process, each mark, processor time.
std::vector<Row> RowsOf(const Measurements& measured);

/// Tables of times, counts and budgets; last the complaints. Ends with a newline.
std::string TextOf(const Report& report);

/// The same with every sample.
std::string JsonOf(const Report& report);

/// The same as a page that needs nothing else: distributions on a logarithmic axis, phases as bars.
std::string HtmlOf(const Report& report);

}  // namespace harness

#endif  // TESTS_HARNESS_REPORT_REPORT_H_
