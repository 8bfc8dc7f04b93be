// The C library in an image: each system call that kernel/posix has, as a program meets it.
#include <malloc.h>
#include <sched.h>
#include <sys/auxv.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <clocale>
#include <cmath>
#include <csetjmp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string_view>

#include "kernel/memory/allocate.h"
#include "kernel/testing/testing.h"

namespace {

constexpr std::size_t kPage = 4096;

// Whose result the compiler may not foresee: it would leave out an allocation that nobody uses.
void* (*volatile const allocate)(std::size_t) = &std::malloc;
void* (*volatile const allocate_cleared)(std::size_t, std::size_t) = &std::calloc;

thread_local int per_thread = 7;
thread_local int zero_per_thread;

TEST(Thread, LocalVariablesBeginAsTheyShould) {
  EXPECT_EQ(per_thread, 7);
  EXPECT_EQ(zero_per_thread, 0);
  per_thread = 8;
  EXPECT_EQ(per_thread, 8);
}

TEST(Thread, ErrnoIsItsOwn) {
  errno = 0;
  EXPECT_EQ(std::strtol("99999999999999999999", nullptr, 10), LONG_MAX);
  EXPECT_EQ(errno, ERANGE);
}

TEST(Program, IsTheOnlyProcess) {
  EXPECT_EQ(getpid(), 1);
  EXPECT_EQ(getppid(), 0);
  EXPECT_EQ(gettid(), 1);
  EXPECT_EQ(getuid(), 0u);
  EXPECT_EQ(geteuid(), 0u);
  EXPECT_EQ(getgid(), 0u);
  EXPECT_EQ(getegid(), 0u);
  EXPECT_EQ(sysconf(_SC_NPROCESSORS_ONLN), 1);
  EXPECT_EQ(sysconf(_SC_PAGESIZE), 4096);
  EXPECT_EQ(getauxval(AT_PAGESZ), 4096u);
  EXPECT_EQ(sched_yield(), 0);
}

TEST(Program, KnowsItsSystemsName) {
  utsname name;
  EXPECT_EQ(uname(&name), 0);
  EXPECT_EQ(std::string_view(name.sysname), "Torito");
  EXPECT_EQ(std::string_view(name.machine), "x86_64");
}

TEST(Program, HasAnEnvironmentOfItsOwnMaking) {
  EXPECT_TRUE(std::getenv("HOME") == nullptr);
  EXPECT_EQ(setenv("HOME", "/", 1), 0);
  EXPECT_EQ(std::string_view(std::getenv("HOME")), "/");
}

TEST(Program, LongJumpsReturn) {
  static std::jmp_buf place;
  volatile int passes = 0;
  if (setjmp(place) == 0) {
    passes = passes + 1;
    std::longjmp(place, 1);
  }
  EXPECT_EQ(passes, 1);
}

TEST(Malloc, GivesAlignedMemoryOfItsSize) {
  for (std::size_t size = 0; size < 10000; size += 97) {
    auto* const block = static_cast<char*>(std::malloc(size));
    ASSERT_TRUE(block != nullptr);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % 16, 0u);
    EXPECT_GE(malloc_usable_size(block), size);
    std::memset(block, 0xa5, malloc_usable_size(block));
    std::free(block);
  }
}

TEST(Malloc, CallocClearsAndSeesOverflow) {
  std::free(std::memset(std::malloc(3000), 0xff, 3000));
  auto* const cleared = static_cast<unsigned char*>(std::calloc(300, 10));
  for (int i = 0; i < 3000; ++i) ASSERT_EQ(cleared[i], 0);
  std::free(cleared);
  errno = 0;
  EXPECT_TRUE(allocate_cleared(SIZE_MAX / 2, 3) == nullptr);
  EXPECT_EQ(errno, ENOMEM);
}

TEST(Malloc, ReallocKeepsWhatWasThere) {
  const kernel::Bytes before = kernel::memory::GetStats().free;
  std::size_t size = 1;
  auto* block = static_cast<unsigned char*>(std::malloc(size));
  block[0] = 0;
  while (size < 300000) {
    const std::size_t more = size * 3 / 2 + 1;
    block = static_cast<unsigned char*>(std::realloc(block, more));
    ASSERT_TRUE(block != nullptr);
    for (std::size_t i = size; i < more; ++i) block[i] = static_cast<unsigned char>(i);
    size = more;
  }
  block = static_cast<unsigned char*>(std::realloc(block, 100));
  for (int i = 0; i < 100; ++i) ASSERT_EQ(block[i], i);
  EXPECT_LT(malloc_usable_size(block), 1000u);
  std::free(block);
  // One slab of each size may stay.
  EXPECT_LE((before - kernel::memory::GetStats().free).count(), 16 * kPage);
}

TEST(Malloc, AlignsAsAsked) {
  for (std::size_t alignment = 8; alignment <= 65536; alignment *= 2) {
    void* block = nullptr;
    ASSERT_EQ(posix_memalign(&block, alignment, 100), 0);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % alignment, 0u);
    EXPECT_GE(malloc_usable_size(block), 100u);
    std::free(block);
  }
  void* block = nullptr;
  EXPECT_EQ(posix_memalign(&block, 24, 100), EINVAL);
}

TEST(Malloc, SaysWhenThereIsNoMore) {
  errno = 0;
  EXPECT_TRUE(allocate(std::size_t{1} << 40) == nullptr);
  EXPECT_EQ(errno, ENOMEM);
}

TEST(Mmap, GivesClearedPagesAndTakesThemBack) {
  const kernel::Bytes before = kernel::memory::GetStats().free;
  for (int i = 0; i < 3; ++i) {
    void* const pages =
        mmap(nullptr, 5 * kPage + 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ASSERT_TRUE(pages != MAP_FAILED);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(pages) % kPage, 0u);
    auto* const bytes = static_cast<unsigned char*>(pages);
    for (std::size_t j = 0; j < 6 * kPage; ++j) ASSERT_EQ(bytes[j], 0);
    std::memset(bytes, 0xff, 6 * kPage);
    EXPECT_EQ(mprotect(pages, kPage, PROT_READ | PROT_WRITE), 0);
    EXPECT_EQ(munmap(bytes + 2 * kPage, 4 * kPage), 0);
    EXPECT_EQ(munmap(bytes, 2 * kPage), 0);
  }
  EXPECT_EQ(kernel::memory::GetStats().free, before);
}

TEST(Mmap, RefusesWhatItCannotDo) {
  const auto fails_with = [](int protection, int flags, std::size_t size) {
    errno = 0;
    return mmap(nullptr, size, protection, flags, -1, 0) == MAP_FAILED ? errno : 0;
  };
  EXPECT_EQ(fails_with(PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, kPage),
            ENOTSUP);
  EXPECT_EQ(fails_with(PROT_READ, MAP_PRIVATE, kPage), ENOTSUP);
  EXPECT_EQ(fails_with(PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, 0), EINVAL);
  EXPECT_EQ(fails_with(PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, std::size_t{1} << 40), ENOMEM);
  alignas(kPage) static char page[kPage];
  EXPECT_EQ(mprotect(page, kPage, PROT_READ), -1);
  EXPECT_EQ(errno, ENOTSUP);
  EXPECT_EQ(munmap(page + 1, kPage), -1);
  EXPECT_EQ(errno, EINVAL);
}

TEST(Console, WritesAndKnowsItsDescriptors) {
  EXPECT_EQ(write(STDOUT_FILENO, "written\n", 8), 8);
  char first[] = "in two ";
  char second[] = "parts\n";
  const iovec parts[] = {{first, 7}, {nullptr, 0}, {second, 6}};
  EXPECT_EQ(writev(STDERR_FILENO, parts, 3), 13);
  EXPECT_EQ(isatty(STDOUT_FILENO), 1);
  EXPECT_EQ(isatty(7), 0);
  EXPECT_EQ(errno, EBADF);
  EXPECT_EQ(write(STDIN_FILENO, "x", 1), -1);
  EXPECT_EQ(errno, EBADF);
  EXPECT_EQ(lseek(STDOUT_FILENO, 0, SEEK_CUR), -1);
  EXPECT_EQ(errno, ESPIPE);
  EXPECT_EQ(ioctl(STDOUT_FILENO, TIOCSTI, "x"), -1);
  EXPECT_EQ(errno, ENOTTY);
}

TEST(Console, ReadingFindsTheEnd) {
  char byte;
  EXPECT_EQ(read(STDIN_FILENO, &byte, 1), 0);
  EXPECT_EQ(std::fgetc(stdin), EOF);
  EXPECT_TRUE(std::feof(stdin) != 0);
  EXPECT_EQ(read(STDOUT_FILENO, &byte, 1), -1);
  EXPECT_EQ(errno, EBADF);
}

TEST(Console, IsGoneWhenClosed) {
  EXPECT_EQ(close(STDERR_FILENO), 0);
  EXPECT_EQ(close(STDERR_FILENO), -1);
  EXPECT_EQ(errno, EBADF);
  EXPECT_EQ(write(STDERR_FILENO, "x", 1), -1);
}

TEST(Stdio, FormatsWhatItIsGiven) {
  char text[100];
  EXPECT_EQ(std::snprintf(text, sizeof(text), "%5.2f|%-4d|%s|%#x|%Lg", 2.5, 42, "abc", 255, 1e300L),
            26);
  EXPECT_EQ(std::string_view(text), " 2.50|42  |abc|0xff|1e+300");
  double number = 0;
  EXPECT_EQ(std::sscanf("12.25 rest", "%lf", &number), 1);
  EXPECT_TRUE(number == 12.25);
}

TEST(Program, KnowsItsMachinesSize) {
  // The tests' machine has 32 MiB.
  EXPECT_GT(sysconf(_SC_PHYS_PAGES), 7000);
  EXPECT_LT(sysconf(_SC_PHYS_PAGES), 8192);
  EXPECT_GT(sysconf(_SC_AVPHYS_PAGES), 7000);
  EXPECT_EQ(sysconf(_SC_OPEN_MAX), -1);  // No limit.
}

TEST(Clock, GoesOnAndSleepsAsLongAsAsked) {
  timespec before;
  timespec after;
  ASSERT_EQ(clock_gettime(CLOCK_MONOTONIC, &before), 0);
  const timespec span = {.tv_sec = 0, .tv_nsec = 30'000'000};
  EXPECT_EQ(nanosleep(&span, nullptr), 0);
  EXPECT_EQ(usleep(1000), 0);
  ASSERT_EQ(clock_gettime(CLOCK_MONOTONIC, &after), 0);
  const long passed =
      (after.tv_sec - before.tv_sec) * 1'000'000'000 + after.tv_nsec - before.tv_nsec;
  EXPECT_GE(passed, 31'000'000);
  // A busy host may add to it; a wrong frequency would be off by far more.
  EXPECT_LT(passed, 10'000'000'000);
}

TEST(Clock, SleepsUntilATime) {
  timespec deadline;
  timespec after;
  ASSERT_EQ(clock_gettime(CLOCK_MONOTONIC, &deadline), 0);
  deadline.tv_sec += 1;
  deadline.tv_nsec = 0;
  EXPECT_EQ(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, nullptr), 0);
  ASSERT_EQ(clock_gettime(CLOCK_MONOTONIC, &after), 0);
  EXPECT_GE(after.tv_sec, deadline.tv_sec);
  const timespec wrong = {.tv_sec = 0, .tv_nsec = 1'000'000'000};
  EXPECT_EQ(clock_nanosleep(CLOCK_MONOTONIC, 0, &wrong, nullptr), EINVAL);
}

TEST(Clock, HasOnlyTheClocksThatItHas) {
  timespec time;
  EXPECT_EQ(clock_getres(CLOCK_REALTIME, &time), 0);
  EXPECT_EQ(time.tv_nsec, 1);
  EXPECT_EQ(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time), -1);
  EXPECT_EQ(errno, EINVAL);
  timeval now;
  EXPECT_EQ(gettimeofday(&now, nullptr), 0);
  EXPECT_LE(now.tv_sec, std::time(nullptr));
}

int CompareNumbers(const void* left, const void* right) {
  return *static_cast<const int*>(left) - *static_cast<const int*>(right);
}

TEST(Library, SortsAndComputes) {
  int numbers[] = {5, 3, 9, 1};
  std::qsort(numbers, 4, sizeof(int), &CompareNumbers);
  EXPECT_EQ(numbers[0], 1);
  EXPECT_EQ(numbers[3], 9);
  volatile double two = 2;
  EXPECT_TRUE(std::abs(std::sqrt(two) * std::sqrt(two) - 2) < 1e-15);
  EXPECT_TRUE(std::abs(std::exp(std::log(two)) - 2) < 1e-15);
  EXPECT_TRUE(std::setlocale(LC_ALL, "C.UTF-8") != nullptr);
}

}  // namespace
