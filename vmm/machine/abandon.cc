// KVM takes a machine apart when its last descriptor closes: 0.2 ms, mostly waiting for other
// processors, for which whoever waits for this process would wait as well.
//
// A descriptor that is under way in a socket that is itself under way in it is closed by the
// kernel's own collector of such cycles. It runs whenever a socket of this family is closed that is
// not under way: here the other end of the pair, by the end of the process. Since Linux 6.9 the
// collector works in the background; before, the process waits as it would have anyway.
//
// Not a second process that would outlive this one: it would be left to init, and not every
// container has one that reaps.
//
// Source: unix(7), SCM_RIGHTS; Linux, net/unix/garbage.c and unix_release_sock in af_unix.c.
#include "vmm/machine/abandon.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>

namespace vmm {

void ExitAbandoning(const Machine& machine, int status) {
  std::array<int, 2> pair;
  // Should anything of this fail, the process merely ends 0.1 ms later.
  if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, pair.data()) == 0) {
    // Not pair[0]: somebody must close a socket to wake the collector. Of several vCPUs as many as
    // one message takes.
    constexpr std::size_t kMost = 253;
    std::array<int, kMost> sent = {machine.vm.fd(), pair[1]};
    std::size_t count = 2;
    for (const auto& core : machine.cores) {
      if (count < kMost) sent[count++] = core->vcpu.fd();
    }
    const std::size_t size = count * sizeof(int);
    char byte = 0;
    iovec data = {.iov_base = &byte, .iov_len = sizeof(byte)};
    alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(sizeof(sent))> control;
    msghdr message = {};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = CMSG_SPACE(size);
    cmsghdr* const header = CMSG_FIRSTHDR(&message);
    header->cmsg_len = CMSG_LEN(size);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    std::memcpy(CMSG_DATA(header), sent.data(), size);
    (void)sendmsg(pair[0], &message, MSG_DONTWAIT);
  }
  _exit(status);
}

}  // namespace vmm
