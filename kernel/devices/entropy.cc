#include "kernel/devices/entropy.h"

#include <cstddef>
#include <expected>
#include <span>

#include "kernel/base/result.h"

namespace kernel::devices {
namespace {

constinit EntropyReader entropy_reader = nullptr;

}  // namespace

Result<void> ReadEntropy(std::span<std::byte> bytes) {
  if (entropy_reader == nullptr) return std::unexpected(Error::kNotFound);
  return entropy_reader(bytes);
}

void OfferEntropy(EntropyReader reader) {
  if (entropy_reader == nullptr) entropy_reader = reader;
}

bool HasEntropy() { return entropy_reader != nullptr; }

}  // namespace kernel::devices
