// Where the worker thread runs that KVM starts in our process.
#ifndef VMM_MACHINE_WORKER_PLACE_H_
#define VMM_MACHINE_WORKER_PLACE_H_

#include <sched.h>

namespace vmm {

/// While it lives, this thread and what is started from it stay on the processor on which it runs
/// now.
///
/// KVM starts a thread of our process in the first KVM_RUN (since Linux 6.13), which sleeps for
/// good; and our process has not ended before that thread has. Elsewhere it would first have to
/// wake another processor up, which takes 20 us and more; here it has its turn as soon as we are
/// gone. It inherits our place: so the first KVM_RUN is done under one of these, and no other.
///
/// Source: Linux, kvm_mmu_post_init_vm in arch/x86/kvm/mmu/mmu.c, kernel/vhost_task.c.
class WorkerPlace {
 public:
  WorkerPlace() {
    // On more than 1024 processors the kernel refuses, and all stays as it is.
    if (sched_getaffinity(0, sizeof(before_), &before_) < 0) return;
    const int processor = sched_getcpu();
    if (processor < 0 || processor >= CPU_SETSIZE) return;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<unsigned>(processor), &one);
    set_ = sched_setaffinity(0, sizeof(one), &one) == 0;
  }
  ~WorkerPlace() {
    if (set_) (void)sched_setaffinity(0, sizeof(before_), &before_);
  }
  WorkerPlace(const WorkerPlace&) = delete;
  WorkerPlace& operator=(const WorkerPlace&) = delete;

 private:
  cpu_set_t before_;
  bool set_ = false;
};

}  // namespace vmm

#endif  // VMM_MACHINE_WORKER_PLACE_H_
