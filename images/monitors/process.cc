#include "images/monitors/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <optional>

extern char** environ;

namespace monitors {
namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

// The child to which the terminal's and the system's wish to end is passed on; 0 = none.
constinit std::atomic<pid_t> foreground_child = 0;

void PassOn(int signal_number) {
  const pid_t child = foreground_child.load(std::memory_order_relaxed);
  if (child > 0) kill(child, signal_number);
}

// The terminal sends SIGINT to the whole group: the child decides, and we report how it ended.
void PassSignalsTo(pid_t child) {
  foreground_child = child;
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction action{};
    action.sa_handler = child == 0 ? SIG_DFL : number == SIGINT ? [](int) {} : PassOn;
    sigaction(number, &action, nullptr);
  }
}

// A descriptor that is closed when its owner goes.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { Close(); }

  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }
  void Set(int fd) {
    Close();
    fd_ = fd;
  }
  void Close() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }

 private:
  int fd_ = -1;
};

// Where one stream of the child goes: into a pipe that is read as it fills, or into memory.
struct Channel {
  Descriptor read;
  Descriptor write;

  bool Open(bool live) {
    if (!live) {
      write.Set(memfd_create("output", MFD_CLOEXEC));
      return write.open();
    }
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    read.Set(ends[0]);
    write.Set(ends[1]);
    return true;
  }
};

struct Streams {
  Channel output;
  Channel errors;
  Channel file;

  bool Open(const ProcessOptions& options) {
    return output.Open(options.live) && errors.Open(options.live) &&
           (!options.with_file || file.Open(/*live=*/false));
  }
};

// All that stands in a file in memory.
std::string Collected(const Descriptor& memory) {
  std::string text(static_cast<std::size_t>(std::max<off_t>(lseek(memory.get(), 0, SEEK_END), 0)),
                   '\0');
  std::size_t taken = 0;
  while (taken < text.size()) {
    const ssize_t count =
        pread(memory.get(), text.data() + taken, text.size() - taken, static_cast<off_t>(taken));
    if (count <= 0) break;
    taken += static_cast<std::size_t>(count);
  }
  text.resize(taken);
  return text;
}

std::vector<char*> Pointers(const std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  pointers.reserve(strings.size() + 1);
  for (const std::string& text : strings) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> Environment(const std::vector<std::string>& additions) {
  std::vector<std::string> all = additions;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string_view name = text.substr(0, text.find('=') + 1);
    if (std::ranges::none_of(additions, [&](const auto& a) { return a.starts_with(name); })) {
      all.emplace_back(text);
    }
  }
  return all;
}

// What the child does between vfork and execve, on our memory and with our thread stopped: system
// calls and stores only. Not posix_spawn, because the instant of the exec is wanted.
struct Birth {
  char* const* arguments;  // [0] is the path.
  char* const* environment;
  int null;  // /dev/null.
  int output;
  int errors;
  int file;  // -1 for none.
  bool own_group;
  volatile std::int64_t exec_ns = 0;
  volatile int error = 0;

  [[noreturn]] void Begin() {
    if (Arrange()) {
      exec_ns = MonotonicNow();
      execve(arguments[0], arguments, environment);
    }
    error = errno;
    _exit(127);
  }

 private:
  bool Arrange() const {
    // Copies do not close on exec; but the file may already have the number that it is to have.
    const auto give_file = [this] {
      if (file == kFileDescriptor) return fcntl(file, F_SETFD, 0) == 0;
      return file < 0 || dup2(file, kFileDescriptor) >= 0;
    };
    return dup2(null, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0 &&
           dup2(errors, STDERR_FILENO) >= 0 && give_file() && (!own_group || setpgid(0, 0) == 0);
  }
};

Result<pid_t> Spawn(const ProcessOptions& options, const Streams& streams,
                    ProcessOutcome& outcome) {
  const std::vector<std::string> environment = Environment(options.environment);
  const std::vector<char*> argument_pointers = Pointers(options.arguments);
  const std::vector<char*> environment_pointers = Pointers(environment);
  const Descriptor null(open("/dev/null", O_RDONLY | O_CLOEXEC));
  Birth birth = {.arguments = argument_pointers.data(),
                 .environment = environment_pointers.data(),
                 .null = null.get(),
                 .output = streams.output.write.get(),
                 .errors = streams.errors.write.get(),
                 .file = streams.file.write.get(),
                 .own_group = !options.foreground};
  outcome.spawn_ns = MonotonicNow();
  const pid_t pid = vfork();  // NOLINT(bugprone-unsafe-functions): see Birth.
  if (pid == 0) birth.Begin();
  outcome.exec_ns = birth.exec_ns;
  if (pid > 0 && birth.error == 0) return pid;
  const int error = pid > 0 ? birth.error : errno;
  if (pid > 0) waitpid(pid, nullptr, 0);
  return std::unexpected("cannot start " + options.arguments[0] + ": " + std::strerror(error));
}

// Follows one child from its start to its end.
class Watch {
 public:
  Watch(const ProcessOptions& options, ProcessOutcome& outcome, pid_t pid)
      : options_(options), outcome_(outcome), pid_(pid) {}

  // Reads both streams until the child has ended; what a grandchild still holds open is not waited
  // for.
  void Follow(Descriptor& output, Descriptor& errors, int process) {
    bool ended = false;
    while (!ended) {
      std::array<pollfd, 3> waits = {
          {{process, POLLIN, 0}, {output.get(), POLLIN, 0}, {errors.get(), POLLIN, 0}}};
      const int ready = poll(waits.data(), waits.size(), RemainingMilliseconds());
      if (ready < 0 && errno == EINTR) continue;
      if (ready == 0) Kill();
      ended = (waits[0].revents & POLLIN) != 0;
      if (waits[1].revents != 0) Take(Stream::kOutput, output);
      if (waits[2].revents != 0) Take(Stream::kErrors, errors);
    }
    Reap();
    Drain(Stream::kOutput, output);
    Drain(Stream::kErrors, errors);
  }

 private:
  int RemainingMilliseconds() const {
    if (options_.timeout_ns == 0 || outcome_.timed_out) return -1;
    const std::int64_t left = outcome_.spawn_ns + options_.timeout_ns - MonotonicNow();
    return static_cast<int>(std::max<std::int64_t>(left, 0) / 1'000'000) + 1;
  }

  void Kill() {
    outcome_.timed_out = true;
    kill(options_.foreground ? pid_ : -pid_, SIGKILL);
  }

  // False at the end of the stream.
  bool Take(Stream stream, Descriptor& from) {
    char buffer[16384];
    const ssize_t count = read(from.get(), buffer, sizeof(buffer));
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return errno == EINTR;
    if (count <= 0) {
      from.Close();
      return false;
    }
    if (stream == Stream::kOutput) {
      outcome_.arrivals.push_back({outcome_.output.size(), MonotonicNow()});
    }
    const std::string_view text(buffer, static_cast<std::size_t>(count));
    (stream == Stream::kOutput ? outcome_.output : outcome_.errors).append(text);
    if (options_.on_text && !options_.on_text(stream, text)) Kill();
    return true;
  }

  void Drain(Stream stream, Descriptor& from) {
    if (!from.open()) return;
    fcntl(from.get(), F_SETFL, O_NONBLOCK);
    while (from.open() && Take(stream, from)) {
    }
  }

  void Reap() {
    int status = 0;
    rusage usage{};
    while (wait4(pid_, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    outcome_.exit_ns = MonotonicNow();
    outcome_.exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    outcome_.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    const auto nanoseconds = [](const timeval& time) {
      return time.tv_sec * kNanosecondsPerSecond + time.tv_usec * 1000;
    };
    outcome_.cpu_ns = nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime);
    outcome_.involuntary_switches = usage.ru_nivcsw;
    outcome_.peak_bytes = usage.ru_maxrss * 1024;
    // A child that was killed may have left others of its group behind.
    if (outcome_.timed_out && !options_.foreground) kill(-pid_, SIGKILL);
  }

  const ProcessOptions& options_;
  ProcessOutcome& outcome_;
  const pid_t pid_;
};

}  // namespace

std::int64_t MonotonicNow() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * kNanosecondsPerSecond + now.tv_nsec;
}

std::int64_t ProcessOutcome::ArrivalOf(std::size_t offset) const {
  if (offset >= output.size()) return 0;
  const auto after = std::ranges::upper_bound(arrivals, offset, {}, &Arrival::offset);
  return after == arrivals.begin() ? 0 : std::prev(after)->at_ns;
}

Result<ProcessOutcome> RunProcess(const ProcessOptions& options) {
  Streams streams;
  if (!streams.Open(options)) {
    return std::unexpected(std::string("cannot collect output: ") + std::strerror(errno));
  }
  ProcessOutcome outcome;
  const Result<pid_t> pid = Spawn(options, streams, outcome);
  if (!pid) return std::unexpected(pid.error());
  const Descriptor process(static_cast<int>(syscall(SYS_pidfd_open, *pid, 0)));
  if (!process.open()) {
    const int error = errno;
    kill(*pid, SIGKILL);
    waitpid(*pid, nullptr, 0);
    return std::unexpected(std::string("pidfd_open failed (it needs Linux 5.3): ") +
                           std::strerror(error));
  }
  if (options.live) {
    // Or the pipes would never end.
    streams.output.write.Close();
    streams.errors.write.Close();
  }
  if (options.foreground) PassSignalsTo(*pid);
  Watch(options, outcome, *pid).Follow(streams.output.read, streams.errors.read, process.get());
  if (options.foreground) PassSignalsTo(0);
  if (!options.live) {
    outcome.output = Collected(streams.output.write);
    outcome.errors = Collected(streams.errors.write);
  }
  if (options.with_file) outcome.file = Collected(streams.file.write);
  return outcome;
}

}  // namespace monitors
