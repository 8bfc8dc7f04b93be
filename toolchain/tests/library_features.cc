// A static program on musl and libc++: prints one line for each part of the libraries that works.
#include <linux/kvm.h>

#include <chrono>
#include <cstdio>
#include <expected>
#include <format>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace {

thread_local int per_thread = 1;

std::expected<int, std::string> Half(int value) {
  if (value % 2 != 0) return std::unexpected(std::format("{} is odd", value));
  return value / 2;
}

int SumInThreads(std::span<const int> values) {
  std::mutex mutex;
  int sum = 0;
  std::vector<std::thread> threads;
  threads.reserve(values.size());
  for (int value : values) {
    threads.emplace_back([&, value] {
      per_thread += value;
      std::lock_guard lock(mutex);
      sum += per_thread;
    });
  }
  for (std::thread& thread : threads) thread.join();
  return sum;
}

}  // namespace

int main(int argc, char** argv) {
  std::map<std::string, int> map{{"one", 1}, {"two", 2}};
  std::printf("arguments %d %s\n", argc, argc > 1 ? argv[1] : "-");
  std::printf("map %d\n", map["one"] + map["two"]);
  std::printf("expected %s\n", Half(7).error().c_str());
  std::printf("format %s\n", std::format("{:>6.3f} {:#x}", 3.25, 255).c_str());
  std::printf("threads %d\n", SumInThreads(std::vector{1, 2, 3, 4}));
  std::printf("clock %d\n", std::chrono::steady_clock::now().time_since_epoch().count() > 0);
  std::printf("kvm %d\n", KVM_API_VERSION);
}
