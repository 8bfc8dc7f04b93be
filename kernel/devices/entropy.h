// Entropy: bytes that nobody outside can foretell, for whoever seeds a generator.
#ifndef KERNEL_DEVICES_ENTROPY_H_
#define KERNEL_DEVICES_ENTROPY_H_

#include <cstddef>
#include <span>

#include "kernel/base/result.h"

namespace kernel::devices {

/// Fills all of `bytes`, which may be of any size.
///
/// kNotFound: the image named no source, or none of those that it named is there. kTimeout or
/// kDevice: the source does not work any more; what `bytes` then holds must not be used.
[[nodiscard]] Result<void> ReadEntropy(std::span<std::byte> bytes);

/// What an entropy driver does; as ReadEntropy.
using EntropyReader = Result<void> (*)(std::span<std::byte> bytes);

/// For drivers: offers a source. The first that is there stays; drivers start in the order of the
/// image's BUILD file.
void OfferEntropy(EntropyReader reader);

/// Whether a driver has found its source: the others need not look for theirs.
bool HasEntropy();

}  // namespace kernel::devices

#endif  // KERNEL_DEVICES_ENTROPY_H_
