// KVM takes a machine apart when its last descriptor closes: 0.2 ms, mostly waiting for other
// processors, for which whoever waits for this process would wait as well.
//
// A descriptor that is under way in a socket that is itself under way in it is closed by the
// kernel's own collector of such cycles. It runs whenever a socket of this family is closed that is
// not under way: so one more is left open, and closed by the end of the process. Since Linux 6.9
// the collector works in the background; before, the process waits as it would have anyway.
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
  constexpr int kType = SOCK_DGRAM | SOCK_CLOEXEC;
  std::array<int, 2> pair;
  // Should anything of this fail, the process merely ends 0.1 ms later. Without the socket that
  // wakes the collector nothing may be sent: the machine would stay until somebody else's socket
  // closes.
  if (socket(AF_UNIX, kType, 0) >= 0 && socketpair(AF_UNIX, kType, 0, pair.data()) == 0) {
    const std::array<int, 4> sent = {machine.vm.fd(), machine.vcpu.fd(), pair[0], pair[1]};
    char byte = 0;
    iovec data = {.iov_base = &byte, .iov_len = sizeof(byte)};
    alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(sizeof(sent))> control = {};
    msghdr message = {};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* const header = CMSG_FIRSTHDR(&message);
    header->cmsg_len = CMSG_LEN(sizeof(sent));
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    std::memcpy(CMSG_DATA(header), sent.data(), sizeof(sent));
    (void)sendmsg(pair[0], &message, MSG_DONTWAIT);
  }
  _exit(status);
}

}  // namespace vmm
