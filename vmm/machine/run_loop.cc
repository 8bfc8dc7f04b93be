#include "vmm/machine/run_loop.h"

#include <cstring>
#include <optional>
#include <utility>

#include "vmm/kvm/linux_kvm.h"
#include "vmm/machine/stopped.h"
#include "vmm/machine/worker_place.h"

namespace vmm {
namespace {

// An instruction with a repeat prefix hands over many items at once.
Result<void> HandlePorts(Machine& machine) {
  const auto io = machine.vcpu.run().io;
  std::span<std::byte> data = machine.vcpu.io_data();
  for (; !data.empty(); data = data.subspan(io.size)) {
    const std::span<std::byte> item = data.first(io.size);
    const auto done = io.direction == KVM_EXIT_IO_OUT ? machine.ports.Write(io.port, item)
                                                      : machine.ports.Read(io.port, item);
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

}  // namespace

Result<int> RunMachine(Machine& machine, HostMarks& marks) {
  const BeforeAppMain before_app_main(machine);
  std::optional<WorkerPlace> place(std::in_place);
  marks.vcpu_run = Now();
  for (;;) {
    const int error = machine.vcpu.Run();
    Exit exit = {.reason = machine.vcpu.run().exit_reason, .begin = Now(), .end = 0};
    place.reset();
    if (before_app_main()) ++machine.exits_to_app_main;

    Result<void> done;
    if (error != 0 || !CanGoOn(exit.reason)) {
      done = std::unexpected(WhyStopped(machine, error));
    } else if (exit.reason == KVM_EXIT_IO) {
      done = HandlePorts(machine);
    }
    exit.end = Now();
    machine.exits.Add(exit);

    const auto ended = machine.exit_port.value();
    if (!done || ended) {
      machine.ended = exit.begin;
      const auto flushed = machine.console.Flush();
      if (!done) return std::unexpected(done.error());
      if (!flushed) return std::unexpected(flushed.error());
      return ResultOfExit(*ended);
    }
  }
}

}  // namespace vmm
