// Machine: everything that one virtual machine consists of.
#ifndef VMM_MACHINE_MACHINE_H_
#define VMM_MACHINE_MACHINE_H_

#include <pthread.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "vmm/base/file.h"
#include "vmm/base/result.h"
#include "vmm/bus/port_bus.h"
#include "vmm/config.h"
#include "vmm/devices/console.h"
#include "vmm/devices/event_sources.h"
#include "vmm/devices/exit_port.h"
#include "vmm/devices/serial.h"
#include "vmm/devices/wait_port.h"
#include "vmm/kvm/vcpu.h"
#include "vmm/kvm/vm.h"
#include "vmm/loader/elf_image.h"
#include "vmm/memory/guest_memory.h"
#include "vmm/trace/exit_log.h"
#include "vmm/trace/observation.h"

namespace vmm {

struct Machine;

/// A virtual processor and what it has for itself.
struct Core {
  Core(std::uint32_t the_number, kvm::Vcpu the_vcpu, Machine& machine);
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  std::uint32_t number;  // Its APIC id too.
  kvm::Vcpu vcpu;
  EventSources events;
  std::optional<WaitPort> wait_port;  // Of images that are entered directly.
  PortBus ports;                      // The machine's devices and the wait port.
  ExitLog exits;
  std::uint64_t exits_to_app_main = 0;

  // Of run_cores.cc, under the lock: its thread, and whether that runs the vCPU no more.
  pthread_t thread = {};
  bool has_left = false;
};

/// Devices keep references to one another: a machine never moves.
struct Machine {
  Machine(MappedFile the_file, ElfImage the_image, BootMode the_mode, kvm::Vm the_vm,
          GuestMemory the_memory, std::vector<kvm::Vcpu> vcpus, Console the_console);
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  MappedFile file;
  ElfImage image;
  BootMode mode;
  kvm::Vm vm;
  GuestMemory memory;

  // Held by a vCPU's thread while it handles an exit. One for all: devices share the console, exits
  // are few, and one device at a time is what their interface promises them.
  std::mutex lock;
  Console console;
  DebugConsole debug_console;
  ConsoleTextPort console_text;
  Serial serial;
  ExitPort exit_port;
  std::vector<std::unique_ptr<Core>> cores;  // The first is the one that boots.

  std::optional<Result<int>> result;  // Of RunMachine, once the machine has ended.
  Ticks ended = 0;                    // The last exit.
};

/// Puts a machine together, ready for its first KVM_RUN, and takes the time of each step.
[[nodiscard]] Result<std::unique_ptr<Machine>> BuildMachine(const MachineConfig& config,
                                                            HostMarks& marks);

}  // namespace vmm

#endif  // VMM_MACHINE_MACHINE_H_
