// Any bytes as a disk file: SetIdentity must refuse it or set it, and do the same when asked again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "images/formats/identity/identity.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::byte> bytes = std::as_bytes(std::span(data, size));
  std::vector<std::byte> file(bytes.begin(), bytes.end());
  const bool done = identity::SetIdentity(identity::Identity{}, file).has_value();
  const std::vector<std::byte> once = file;
  if (identity::SetIdentity(identity::Identity{}, file).has_value() != done) std::abort();
  if (file != once) std::abort();
  return 0;
}
