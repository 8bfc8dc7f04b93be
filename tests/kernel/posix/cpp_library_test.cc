// The C++ library in an image, on one thread.
#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <expected>
#include <format>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <ranges>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "kernel/memory/allocate.h"
#include "kernel/testing/testing.h"

namespace {

using namespace std::chrono_literals;

TEST(Containers, HoldWhatTheyAreGiven) {
  std::vector<std::string> words;
  for (int i = 0; i < 1000; ++i) words.push_back(std::string(static_cast<std::size_t>(i), 'x'));
  EXPECT_EQ(words[999].size(), 999u);
  std::map<std::string, int> ordered;
  std::unordered_map<int, std::string> hashed;
  for (int i = 0; i < 1000; ++i) {
    ordered[std::to_string(i)] = i;
    hashed[i] = std::to_string(i);
  }
  EXPECT_EQ(ordered.size(), 1000u);
  EXPECT_EQ(ordered.begin()->second, 0);
  EXPECT_EQ(ordered["777"], 777);
  EXPECT_EQ(std::string_view(hashed[321]), "321");
}

TEST(Containers, GiveTheirMemoryBack) {
  const auto fill = [] {
    std::vector<std::map<int, std::string>> maps(10);
    for (int i = 0; i < 2000; ++i)
      maps[static_cast<std::size_t>(i % 10)][i] = std::string(100, 'x');
  };
  fill();
  const kernel::Bytes before = kernel::memory::GetStats().free;
  for (int i = 0; i < 10; ++i) fill();
  EXPECT_EQ(kernel::memory::GetStats().free, before);
}

TEST(Memory, NothrowNewReturnsNull) {
  // By the operators' names: the compiler may leave out an allocation of an expression.
  EXPECT_TRUE(operator new(std::size_t{1} << 40, std::nothrow) == nullptr);
  EXPECT_TRUE(operator new[](std::size_t{1} << 40, std::align_val_t(64), std::nothrow) == nullptr);
  void* const block = operator new(100, std::nothrow);
  EXPECT_TRUE(block != nullptr);
  operator delete(block, std::nothrow);
}

TEST(Format, WritesNumbersAndText) {
  EXPECT_EQ(std::string_view(std::format("{:>8.3f}|{:#x}|{}|{:<5}|", 3.14159, 255, "text", 42)),
            "   3.142|0xff|text|42   |");
  EXPECT_EQ(std::string_view(std::format("{}", 0.1)), "0.1");
}

TEST(Format, ReadsNumbersBack) {
  constexpr std::string_view kText = "12345";
  int number = 0;
  std::from_chars(kText.data(), kText.data() + kText.size(), number);
  EXPECT_EQ(number, 12345);
}

TEST(Chrono, SteadyClockIsSteady) {
  const auto before = std::chrono::steady_clock::now();
  auto previous = before;
  for (int i = 0; i < 1000; ++i) {
    const auto now = std::chrono::steady_clock::now();
    ASSERT_TRUE(now >= previous);
    previous = now;
  }
  EXPECT_TRUE(previous > before);
  EXPECT_TRUE(previous - before < 60s);
}

TEST(Vocabulary, Works) {
  const std::expected<int, std::string> wrong = std::unexpected("why");
  EXPECT_EQ(std::string_view(wrong.error()), "why");
  std::variant<int, std::string> either = "text";
  EXPECT_EQ(either.index(), 1u);
  std::function<int(int)> twice = [](int value) { return 2 * value; };
  EXPECT_EQ(twice(21), 42);
  const std::array<int, 5> numbers = {5, 1, 4, 2, 3};
  auto even = numbers | std::views::filter([](int value) { return value % 2 == 0; });
  EXPECT_EQ(std::ranges::distance(even), 2);
}

TEST(Locks, AreFreeForTheOnlyThread) {
  std::mutex mutex;
  const std::scoped_lock lock(mutex);
  EXPECT_FALSE(mutex.try_lock());
  std::atomic<int> word = 1;
  word.notify_all();
  word.wait(0);
  static std::once_flag once;
  int calls = 0;
  std::call_once(once, [&calls] { ++calls; });
  EXPECT_EQ(calls, 1);
}

struct Counted {
  Counted() { ++count; }
  static inline int count = 0;
};
thread_local Counted counted;

TEST(Locks, ThreadLocalObjectsAreMadeOnce) {
  static_cast<void>(&counted);
  [[maybe_unused]] const Counted* const first = &counted;
  [[maybe_unused]] const Counted* const second = &counted;
  EXPECT_EQ(Counted::count, 1);
}

}  // namespace
