// The monitor as its users see it: words in; exit status, output and one line of complaint out.
//
// The guests are a few instructions, entered by the 64-bit Linux protocol or PVH: what an appliance
// needs beyond that is tested where there are appliances.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "vmm/base/file.h"
#include "vmm/testing/elf_builder.h"

namespace vmm {
namespace {

using testing::ElfBuilder;

constexpr std::uint64_t kBase = 0x100000;

struct Ended {
  int status;
  std::string output;
  std::string errors;
};

std::string PathFor(std::string_view name) {
  return ::testing::TempDir() + "/" + std::string(name);
}

Ended Vmm(const std::vector<std::string>& words) {
  const std::string out = PathFor("out");
  const std::string err = PathFor("err");
  std::vector<const char*> arguments = {"vmm/vmm"};
  for (const std::string& word : words) arguments.push_back(word.c_str());
  arguments.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    const UniqueFd output = CreateFile(out).value();
    const UniqueFd errors = CreateFile(err).value();
    dup2(output.get(), STDOUT_FILENO);
    dup2(errors.get(), STDERR_FILENO);
    execv(arguments[0], const_cast<char* const*>(arguments.data()));
    _exit(127);
  }
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
  return {WEXITSTATUS(status), ReadProcFile(out.c_str()), ReadProcFile(err.c_str())};
}

std::string Image(std::string_view code) {
  const std::string path = PathFor("image");
  const std::string elf = ElfBuilder(kBase)
                              .AddSegment(kBase, code, PF_R | PF_X)
                              .AddPvhNote(kBase)
                              .AddSymbol("Start", kBase, code.size())
                              .Build();
  EXPECT_TRUE(WriteFile(path, elf).has_value());
  return path;
}

// mov $value, %eax; out %eax, $0xf4. The same in 32-bit and 64-bit mode.
std::string ExitCode(unsigned char value) {
  return std::string("\xb8") + static_cast<char>(value) + std::string("\0\0\0\xe7\xf4", 5);
}

TEST(VmmRun, TurnsTheImagesResultIntoItsStatus) {
  EXPECT_EQ(Vmm({"run", Image(ExitCode(0x10))}).status, 0);
  EXPECT_EQ(Vmm({"run", Image(ExitCode(0x11))}).status, 65);
  EXPECT_EQ(Vmm({"run", Image(ExitCode(0x4f))}).status, 127);
}

// Sockets of the Unix family that exist in our network namespace, also those that only messages
// hold.
std::ptrdiff_t UnixSockets() {
  const std::string list = ReadProcFile("/proc/net/unix");
  return std::ranges::count(list, '\n');
}

// The end of a machine is left to the kernel (vmm/machine/abandon.cc), which must not forget it.
TEST(VmmRun, LeavesNothingBehind) {
  const std::ptrdiff_t before = UnixSockets();
  ASSERT_GT(before, 0) << "/proc/net/unix cannot be read";
  const std::string image = Image(ExitCode(0x10));
  for (int i = 0; i < 20; ++i) EXPECT_EQ(Vmm({"run", image}).status, 0);
  // The collector works in the background.
  for (int tenths = 0; tenths < 50 && UnixSockets() > before; ++tenths) usleep(100'000);
  EXPECT_LE(UnixSockets(), before) << "machines are still held by sockets under way";
}

TEST(VmmRun, StartsByPvhAsWell) {
  EXPECT_EQ(Vmm({"run", "--boot=pvh", Image(ExitCode(0x12))}).status, 66);
}

// The others wait to be started; nobody does, and they end with the first.
TEST(VmmRun, EndsWithProcessorsThatNeverStarted) {
  for (const std::string_view boot : {"linux64", "pvh"}) {
    for (int i = 0; i < 20; ++i) {
      const Ended ended =
          Vmm({"run", "--cpus=4", "--boot=" + std::string(boot), Image(ExitCode(0x11))});
      EXPECT_EQ(ended.status, 65) << ended.errors;
    }
  }
  const Ended stopped = Vmm({"run", "--cpus=2", Image("\x90\x0f\x0b")});
  EXPECT_EQ(stopped.status, 2);
  EXPECT_TRUE(stopped.errors.ends_with(", ring 0, vCPU 0\n")) << stopped.errors;
}

TEST(VmmRun, TellsFaultsFromResults) {
  const Ended fault = Vmm({"run", Image(ExitCode(0x50))});
  EXPECT_EQ(fault.status, 2);
  EXPECT_EQ(fault.errors, "vmm: the image ended by a fault; its report is above\n");
  const Ended nonsense = Vmm({"run", Image(ExitCode(0x07))});
  EXPECT_EQ(nonsense.status, 2);
  EXPECT_EQ(
      nonsense.errors,
      "vmm: the image wrote 0x7 to the exit port, which means nothing (kernel/abi/ports.h)\n");
  const Ended quiet = Vmm({"run", "--quiet", Image(ExitCode(0x50))});
  EXPECT_EQ(quiet.status, 2);
  EXPECT_EQ(quiet.errors, "");
}

// mov $0xe9, %edx; lea text(%rip), %rsi; mov $3, %ecx; rep outsb; exit 0.
TEST(VmmRun, PrintsWhatComesByRepeatedWrites) {
  std::string code("\xba\xe9\0\0\0\x48\x8d\x35\x0e\0\0\0\xb9\x03\0\0\0\xf3\x6e", 19);
  code += ExitCode(0x10) + "ab\n";
  const Ended ended = Vmm({"run", Image(code)});
  EXPECT_EQ(ended.status, 0);
  EXPECT_EQ(ended.output, "ab\n");
  const std::string file = PathFor("console");
  EXPECT_EQ(Vmm({"run", "--console=file:" + file, Image(code)}).output, "");
  EXPECT_EQ(ReadProcFile(file.c_str()), "ab\n");
  EXPECT_EQ(Vmm({"run", "--console=none", Image(code)}).output, "");
}

// nop; ud2: with no interrupt table, a triple fault.
TEST(VmmRun, ReportsATripleFault) {
  const Ended ended = Vmm({"run", Image("\x90\x0f\x0b")});
  EXPECT_EQ(ended.status, 2);
  EXPECT_TRUE(ended.errors.starts_with(
      "vmm: the image failed so badly that its processor shut down (triple fault)"))
      << ended.errors;
}

// mov $0xd0000000, %eax; movl $7, (%rax).
TEST(VmmRun, ReportsATouchOfMemoryThatDoesNotExist) {
  const Ended ended = Vmm({"run", Image(std::string_view("\xb8\0\0\0\xd0\xc7\0\x07\0\0\0", 11))});
  EXPECT_EQ(ended.status, 2);
  EXPECT_EQ(ended.errors,
            "vmm: the image wrote 4 bytes at guest address 0xd0000000, where there is neither RAM "
            "nor a device before rip 0x10000b (Start+0xa), ring 0\n");
}

// mov $-16, %eax; out %eax, $0xea: a ConsoleText at the end of the address space.
TEST(VmmRun, ReportsAHostileRequest) {
  const Ended ended = Vmm({"run", Image("\xb8\xf0\xff\xff\xff\xe7\xea")});
  EXPECT_EQ(ended.status, 2);
  EXPECT_EQ(ended.errors,
            "vmm: console-text: 16 bytes at guest address 0xfffffff0 lie outside its RAM of 32768 "
            "KiB\n");
}

TEST(VmmRun, RefusesWhatItCannotRunByOneLineEach) {
  const std::string image = Image(ExitCode(0x10));
  const std::string junk = PathFor("junk");
  ASSERT_TRUE(WriteFile(junk, "#!/bin/sh\n").has_value());
  const std::string large = PathFor("large");
  ASSERT_TRUE(WriteFile(large, ElfBuilder(kBase).AddSegment(kBase, "x", PF_R, 40u << 20).Build())
                  .has_value());
  const struct {
    std::vector<std::string> words;
    int status;
    std::string line;
  } kCases[] = {
      {{"run", "/nonexistent"}, 1, "cannot open /nonexistent: No such file or directory"},
      {{"run", junk}, 1, junk + " is not an ELF file; give the .elf of an appliance"},
      {{"run", large},
       1,
       large + " reaches up to 0x2900001 and RAM has 32768 KiB; give --memory=42M or more"},
      {{"run", image, "--boot=direct"},
       1,
       image + " has no BootBlock note; leave out --boot=direct"},
      {{"run", image, "--memory=1M"}, 1, "--memory=1M: give 2M to 3G"},
      {{"run", image, "--stats=/nonexistent/s"},
       1,
       "cannot create /nonexistent/s: No such file or directory"},
      {{"run", image, "--console=file:/nonexistent/c"},
       1,
       "cannot create /nonexistent/c: No such file or directory"},
      {{"run", image, "--kvm=/nonexistent"},
       3,
       "cannot open /nonexistent; load the module kvm_intel or kvm_amd, or turn on virtualisation "
       "in the firmware: No such file or directory"},
      {{"run", image, "--kvm=/dev/null"},
       3,
       "/dev/null is not a KVM device; give the right one with --kvm=PATH"},
      {{"check", "--kvm=/dev/null"},
       3,
       "/dev/null is not a KVM device; give the right one with --kvm=PATH"},
      {{}, 1, "no command given (see vmm --help)"},
  };
  for (const auto& [words, status, line] : kCases) {
    const Ended ended = Vmm(words);
    EXPECT_EQ(ended.status, status) << line;
    EXPECT_EQ(ended.errors, "vmm: " + line + "\n");
  }
}

TEST(VmmRun, WritesStatisticsAndTraceOfAForeignImage) {
  const std::string stats = PathFor("stats");
  const std::string trace = PathFor("trace");
  EXPECT_EQ(Vmm({"run", Image(ExitCode(0x11)), "--stats=" + stats, "--trace=" + trace}).status, 65);
  const std::string text = ReadProcFile(stats.c_str());
  EXPECT_NE(text.find(R"("marks_ns":{"monitor_start":0,"vm_created":)"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("exits":{"io":{"count":1,)"), std::string::npos) << text;
  EXPECT_NE(ReadProcFile(trace.c_str()).find(R"("name":"run","ph":"X")"), std::string::npos);
}

TEST(VmmCheck, FindsThisHostUsable) {
  const Ended ended = Vmm({"check"});
  EXPECT_EQ(ended.status, 0) << ended.errors;
  EXPECT_TRUE(ended.output.ends_with("usable: yes\n")) << ended.output;
  EXPECT_NE(ended.output.find("create VM"), std::string::npos);
}

TEST(VmmHelp, NamesEveryFlag) {
  const Ended ended = Vmm({"--help"});
  EXPECT_EQ(ended.status, 0);
  for (const std::string_view flag : {"memory", "cpus", "cmdline", "console", "pages", "boot",
                                      "stats", "trace", "kvm", "quiet"}) {
    EXPECT_NE(ended.output.find("--" + std::string(flag)), std::string::npos) << flag;
  }
}

}  // namespace
}  // namespace vmm
