// The harness of guest_test: asks an image of //kernel/testing for its tests, and boots a fresh
// machine for each. A test that crashes or hangs its machine fails by itself alone.
//
// Ends with 0 if all passed, 1 if one failed, 2 if it could not be found out.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <format>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "images/monitors/machine.h"
#include "tests/harness/boot.h"
#include "tests/harness/boot_plan.h"
#include "tests/harness/flags.h"
#include "tests/harness/guest/junit.h"
#include "vmm/crash/backtrace.h"

namespace harness {
namespace {

constexpr int kAllPassed = 0;
constexpr int kOneFailed = 1;
constexpr int kCannotTell = 2;

// Words on the image's command line; see kernel/testing.
constexpr std::string_view kListWord = "torito.test=list";
constexpr std::string_view kRunWord = "torito.test=";

Result<BootPlan> PlanFrom(std::span<char* const> words) {
  const Result<Flags> flags = Flags::Parse(words, BootFlagsAnd({}));
  if (!flags) return std::unexpected(flags.error());
  return BootPlanFrom(*flags);
}

BootPlan With(BootPlan plan, std::string_view word) {
  plan.machine.command_line = word;
  return plan;
}

Result<std::vector<std::string>> ListTests(const BootPlan& plan) {
  const Result<BootRecord> record = BootOnce(With(plan, kListWord), {}, TickRate());
  if (!record) return std::unexpected(record.error());
  if (!record->complaints.empty()) {
    return std::unexpected(std::format("the image could not list its tests: {}\n{}",
                                       record->complaints.front(), record->process.output));
  }
  std::vector<std::string> names;
  for (const std::string_view line : Lines(record->process.output)) names.emplace_back(line);
  if (names.empty()) return std::unexpected("the image has no tests");
  return names;
}

Result<CaseResult> RunTest(const BootPlan& plan, const std::string& name) {
  // The image says itself that it ran just this test, so that a misspelt name cannot pass.
  const Expectation expectation = {.lines = {"[ RUN      ] " + name, "[       OK ] " + name}};
  const Result<BootRecord> record =
      BootOnce(With(plan, std::string(kRunWord) + name), expectation, TickRate());
  if (!record) return std::unexpected(record.error());
  CaseResult result = {.name = name, .duration_ns = record->process.duration_ns()};
  if (record->complaints.empty()) return result;
  // Not the first complaint but the last tells how it ended: by a crash, a hang or a failed check.
  result.failure = record->complaints.back();
  result.output = record->process.output + record->process.errors;
  if (const Result<std::string> image = ReadFile(plan.machine.image)) {
    result.output +=
        vmm::ReadableBacktrace(record->process.output, std::as_bytes(std::span(*image)));
  }
  return result;
}

void WriteJunit(const std::string& suite, const std::vector<CaseResult>& results) {
  const char* const path = std::getenv("XML_OUTPUT_FILE");
  if (path == nullptr) return;
  if (std::FILE* const file = std::fopen(path, "wb")) {
    const std::string xml = JunitOf(suite, results);
    std::fwrite(xml.data(), 1, xml.size(), file);
    std::fclose(file);
  }
}

int Fail(const std::string& why) {
  std::fprintf(stderr, "guest_test: %s\n", why.c_str());
  return kCannotTell;
}

int Main(std::span<char* const> words) {
  const Result<BootPlan> plan = PlanFrom(words);
  if (!plan) return Fail(plan.error());
  if (plan->machine.accelerator == monitors::Accelerator::kKvm) {
    if (const Result<void> kvm = monitors::KvmUsable(); !kvm) {
      return Fail("this test needs KVM: " + kvm.error() +
                  "\n(--config=nokvm leaves such tests out)");
    }
  }
  const Result<std::vector<std::string>> names = ListTests(*plan);
  if (!names) return Fail(names.error());
  std::vector<CaseResult> results;
  for (const std::string& name : *names) {
    const Result<CaseResult> result = RunTest(*plan, name);
    if (!result) return Fail(result.error());
    const bool passed = result->failure.empty();
    std::printf("%s %s (%.1f ms)\n", passed ? "passed" : "FAILED", name.c_str(),
                static_cast<double>(result->duration_ns) / 1e6);
    if (!passed) std::printf("BAD: %s\n%s\n", result->failure.c_str(), result->output.c_str());
    results.push_back(*result);
  }
  WriteJunit(plan->machine.image, results);
  const auto failed =
      std::ranges::count_if(results, [](const CaseResult& r) { return !r.failure.empty(); });
  std::printf("%zu tests, each in a fresh machine; %td failed\n", results.size(), failed);
  return failed == 0 ? kAllPassed : kOneFailed;
}

}  // namespace
}  // namespace harness

int main(int argc, char** argv) {
  return harness::Main(std::span<char* const>(argv + 1, static_cast<std::size_t>(argc) - 1));
}
