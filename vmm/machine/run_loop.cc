#include "vmm/machine/run_loop.h"

#include <cstring>
#include <mutex>
#include <optional>

#include "vmm/kvm/linux_kvm.h"
#include "vmm/machine/run_cores.h"
#include "vmm/machine/stopped.h"
#include "vmm/machine/worker_place.h"

namespace vmm {
namespace {

// An instruction with a repeat prefix hands over many items at once.
Result<void> HandlePorts(Core& core) {
  const auto io = core.vcpu.run().io;
  std::span<std::byte> data = core.vcpu.io_data();
  for (; !data.empty(); data = data.subspan(io.size)) {
    const std::span<std::byte> item = data.first(io.size);
    const auto done = io.direction == KVM_EXIT_IO_OUT ? core.ports.Write(io.port, item)
                                                      : core.ports.Read(io.port, item);
    if (!done) return done;
  }
  return {};
}

// The application's main has not begun: of images that say so.
class BeforeAppMain {
 public:
  explicit BeforeAppMain(const Machine& machine) {
    if (!machine.image.boot_block) return;
    const GuestAddr at =
        GuestAddr(machine.image.boot_block->boot_clock) +
        Bytes(static_cast<std::uint64_t>(abi::BootMark::kAppMain) * sizeof(std::uint64_t));
    const auto view = machine.memory.View(at, Bytes(sizeof(std::uint64_t)));
    if (view) sample_ = view->data();
  }

  bool operator()() const {
    if (sample_ == nullptr) return false;
    std::uint64_t value;
    std::memcpy(&value, sample_, sizeof(value));
    return value == 0;
  }

 private:
  const std::byte* sample_ = nullptr;
};

// True if the machine goes on, else machine.result says why not.
bool HandleExit(Machine& machine, Core& core, int error, Exit& exit) {
  const std::lock_guard held(machine.lock);
  if (machine.result) return false;
  Result<void> done;
  if (error != 0 || !CanGoOn(exit.reason)) {
    done = std::unexpected(WhyStopped(machine, core, error));
  } else if (exit.reason == KVM_EXIT_IO) {
    done = HandlePorts(core);
  }
  // Another may have ended it while this one slept in its wait port.
  if (machine.result) return false;
  const auto ended = machine.exit_port.value();
  if (done && !ended) return true;

  machine.ended = exit.begin;
  const auto flushed = machine.console.Flush();
  if (!done) {
    machine.result = std::unexpected(done.error());
  } else if (!flushed) {
    machine.result = std::unexpected(flushed.error());
  } else {
    machine.result = ResultOfExit(*ended);
  }
  return false;
}

}  // namespace

void RunCore(Machine& machine, Core& core) {
  const BeforeAppMain before_app_main(machine);
  std::optional<WorkerPlace> place;
  // Threads share the processor that one of them is held on: with several, none is.
  if (machine.cores.size() == 1) place.emplace();
  for (bool goes_on = true; goes_on;) {
    const int error = core.vcpu.Run();
    Exit exit = {
        .reason = core.vcpu.run().exit_reason, .begin = Now(), .end = 0, .vcpu = core.number};
    place.reset();
    if (before_app_main()) ++core.exits_to_app_main;
    goes_on = HandleExit(machine, core, error, exit);
    exit.end = Now();
    core.exits.Add(exit);
  }
}

Result<int> RunMachine(Machine& machine, HostMarks& marks) {
  marks.vcpu_run = Now();
  if (machine.cores.size() == 1) {
    RunCore(machine, *machine.cores.front());
  } else {
    RunCores(machine);
  }
  return *machine.result;
}

}  // namespace vmm
