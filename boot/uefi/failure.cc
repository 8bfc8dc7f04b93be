#include "boot/uefi/failure.h"

#include <span>
#include <string_view>

#include "kernel/base/text_writer.h"

namespace boot::uefi {

std::string_view LineOf(const Failure& failure, std::span<char, kMaxFailureLine> buffer) {
  kernel::TextWriter line(buffer);
  line.Text("torito: ").Text(failure.what);
  if (failure.number) line.Hex(*failure.number);
  return line.Text(failure.remedy).view();
}

}  // namespace boot::uefi
