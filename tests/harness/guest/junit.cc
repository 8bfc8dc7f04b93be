#include "tests/harness/guest/junit.h"

#include <algorithm>
#include <format>
#include <string_view>

namespace harness {
namespace {

std::string Escape(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '&') {
      safe += "&amp;";
    } else if (c == '<') {
      safe += "&lt;";
    } else if (c == '>') {
      safe += "&gt;";
    } else if (c == '"') {
      safe += "&quot;";
    } else if ((c >= ' ' && c < 0x7f) || c == '\n' || c == '\t') {
      safe += c;
    } else {
      safe += '?';
    }
  }
  return safe;
}

double Seconds(std::int64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e9; }

}  // namespace

std::string JunitOf(const std::string& suite, const std::vector<CaseResult>& results) {
  std::int64_t total = 0;
  for (const CaseResult& result : results) total += result.duration_ns;
  const auto failures =
      std::ranges::count_if(results, [](const CaseResult& r) { return !r.failure.empty(); });
  const std::string counts = std::format(R"(tests="{}" failures="{}" time="{:.6f}")",
                                         results.size(), failures, Seconds(total));
  std::string xml = std::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {0}>\n<testsuite name=\"{1}\" "
      "{0}>\n",
      counts, Escape(suite));
  for (const CaseResult& result : results) {
    const std::size_t dot = result.name.find('.');
    xml += std::format(R"(<testcase classname="{}" name="{}" time="{:.6f}">)",
                       Escape(result.name.substr(0, dot)),
                       Escape(dot == std::string::npos ? result.name : result.name.substr(dot + 1)),
                       Seconds(result.duration_ns));
    if (!result.failure.empty()) {
      xml += std::format("<failure message=\"{}\">{}</failure>", Escape(result.failure),
                         Escape(result.output));
    }
    xml += "</testcase>\n";
  }
  return xml + "</testsuite>\n</testsuites>\n";
}

}  // namespace harness
