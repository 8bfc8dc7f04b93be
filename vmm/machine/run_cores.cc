// Who ends the machine brings the other threads back: from KVM_RUN by its immediate_exit, which
// also holds for a call that has not begun yet, and by a signal for one that has.
//
// Source: Linux, Documentation/virt/kvm/api.rst, "5. The kvm_run structure".
#include "vmm/machine/run_cores.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>

#include <cstddef>
#include <mutex>
#include <vector>

#include "vmm/base/text.h"

namespace vmm {
namespace {

constexpr int kReturn = SIGUSR1;

struct Start {
  Machine* machine;
  Core* core;
};

// A signal without a handler would end the process; one that is ignored interrupts nothing.
void LetSignalsInterrupt() {
  struct sigaction action = {};
  action.sa_handler = [](int) {};
  sigaction(kReturn, &action, nullptr);
}

// Sends a signal to each thread that still runs its vCPU; false if there is none. Under the lock,
// under which a thread also leaves: a signal must not be sent to one that has ended.
bool CallBackOthers(Machine& machine) {
  const std::lock_guard held(machine.lock);
  bool any = false;
  for (const auto& core : machine.cores) {
    if (core->has_left) continue;
    core->vcpu.ReturnAtOnce();
    pthread_kill(core->thread, kReturn);
    any = true;
  }
  return any;
}

void Leave(Machine& machine, Core& core) {
  const std::lock_guard held(machine.lock);
  core.has_left = true;
}

// Again and again, because a thread that is just about to sleep in its wait port misses a signal.
void RunAndCallBack(Machine& machine, Core& core) {
  constexpr timespec kPause = {.tv_sec = 0, .tv_nsec = 100'000};
  RunCore(machine, core);
  Leave(machine, core);
  while (CallBackOthers(machine)) nanosleep(&kPause, nullptr);
}

// Under the lock: no exit is handled, and so nobody called back, before all threads are known.
// Returns how many vCPUs have a thread.
std::size_t StartThreads(Machine& machine, std::vector<Start>& starts) {
  const std::lock_guard held(machine.lock);
  machine.cores.front()->thread = pthread_self();
  for (std::size_t i = 1; i < machine.cores.size(); ++i) {
    Core& core = *machine.cores[i];
    starts[i] = {.machine = &machine, .core = &core};
    const int error = pthread_create(
        &core.thread, nullptr,
        [](void* start) -> void* {
          RunAndCallBack(*static_cast<Start*>(start)->machine, *static_cast<Start*>(start)->core);
          return nullptr;
        },
        &starts[i]);
    if (error == 0) continue;
    machine.result = HostFault(Cat("cannot start a thread for vCPU ", i), error);
    for (std::size_t j = i; j < machine.cores.size(); ++j) machine.cores[j]->has_left = true;
    return i;
  }
  return machine.cores.size();
}

}  // namespace

void RunCores(Machine& machine) {
  LetSignalsInterrupt();
  std::vector<Start> starts(machine.cores.size());
  const std::size_t count = StartThreads(machine, starts);
  Core& first = *machine.cores.front();
  // Without all threads there is a result already, and nothing to run.
  if (count != machine.cores.size()) first.vcpu.ReturnAtOnce();
  RunAndCallBack(machine, first);
  for (std::size_t i = 1; i < count; ++i) pthread_join(machine.cores[i]->thread, nullptr);
}

}  // namespace vmm
