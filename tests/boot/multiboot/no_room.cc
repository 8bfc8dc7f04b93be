// Wants more RAM than its machine has.
#include <array>
#include <cstddef>

namespace {

constinit std::array<volatile std::byte, 0x180000> large{};

}  // namespace

int main() {
  large[0] = std::byte{1};
  return 0;
}
