#include "tests/harness/measure.h"

#include <format>
#include <utility>

namespace harness {

namespace {

Subject ProcessSubject(std::string name, monitors::ProcessOptions options) {
  const auto run = [name, options = std::move(options)]() -> Result<Sample> {
    const auto process = monitors::RunProcess(options);
    if (!process) return std::unexpected(process.error());
    if (process->signal != 0 || process->exit_status != 0 || process->output.empty()) {
      return std::unexpected(std::format("{} ({}) printed nothing or did not end well", name,
                                         options.arguments.front()));
    }
    return SampleOf(*process);
  };
  return {.name = std::move(name), .run = run};
}

}  // namespace

Sample SampleOf(const monitors::ProcessOutcome& process, Marks marks) {
  return {.process_ns = process.duration_ns(),
          .exec_ns = process.exec_ns - process.spawn_ns,
          .cpu_ns = process.cpu_ns,
          .involuntary_switches = process.involuntary_switches,
          .marks = std::move(marks)};
}

std::vector<std::int64_t> Series::Of(std::string_view what) const {
  std::vector<std::int64_t> values;
  for (const Sample& sample : samples) {
    if (what == "process") {
      values.push_back(sample.process_ns);
    } else if (what == "spawn") {
      values.push_back(sample.exec_ns);
    } else if (what == "cpu") {
      values.push_back(sample.cpu_ns);
    } else if (const std::int64_t at = At(sample.marks, what); at >= 0) {
      values.push_back(at);
    }
  }
  return values;
}

Subject ProgramSubject(std::string name, std::vector<std::string> arguments) {
  return ProcessSubject(std::move(name), {.arguments = std::move(arguments)});
}

Subject EchoSubject(std::string name) {
  // Debian's default locale: part of the C library, so that every machine has it.
  return ProcessSubject(std::move(name),
                        {.arguments = {"/bin/echo", "hello"}, .environment = {"LANG=C.UTF-8"}});
}

Result<std::vector<Series>> Measure(const std::vector<Subject>& subjects, int warmups, int rounds) {
  std::vector<Series> all;
  all.reserve(subjects.size());
  for (const Subject& subject : subjects) all.push_back({.name = subject.name});
  for (int round = -warmups; round < rounds; ++round) {
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      Result<Sample> sample = subjects[i].run();
      if (!sample) return std::unexpected(sample.error());
      if (round >= 0) all[i].samples.push_back(*std::move(sample));
    }
  }
  return all;
}

}  // namespace harness
