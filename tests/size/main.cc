// Proves that an image holds nothing that its appliance did not name: every kernel function in it
// belongs to a unit of the list, and no library function to the forbidden ones.
//
//   size --image=ELF --unit=NAME… [--absent=SYMBOL]…
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <format>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/elf/elf.h"
#include "tests/harness/boot.h"
#include "tests/harness/flags.h"

namespace {

// The next name of a mangled nested name ("6kernel…"), which it is shortened by; empty at an end.
// Source: Itanium C++ ABI, 5.1.3 (source names).
std::string_view TakeName(std::string_view& mangled) {
  std::size_t length = 0;
  const auto [end, error] =
      std::from_chars(mangled.data(), mangled.data() + mangled.size(), length);
  const auto digits = static_cast<std::size_t>(end - mangled.data());
  if (error != std::errc() || mangled.size() - digits < length) return "";
  const std::string_view name = mangled.substr(digits, length);
  mangled.remove_prefix(digits + length);
  return name;
}

// By this tree's names (STYLE.md) a namespace begins with a small letter, and a function that does
// has a library's name and is in no namespace of ours.
bool IsNamespace(std::string_view name) {
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z';
}

// "devices" for a symbol in namespace kernel::devices, "devices::uart" for one in a namespace
// within, empty for any other.
std::string UnitOf(std::string_view symbol) {
  const std::size_t nested = symbol.find("N6kernel");
  if (!symbol.starts_with("_Z") || nested == std::string_view::npos) return "";
  std::string_view rest = symbol.substr(nested + 1);
  TakeName(rest);
  const std::string_view outer = TakeName(rest);
  if (!IsNamespace(outer)) return "";
  const std::string_view inner = TakeName(rest);
  // What follows a name that is not the last is a digit; an object's own name may be small as well.
  const bool last = rest.empty() || rest.front() < '0' || rest.front() > '9';
  return IsNamespace(inner) && !last ? std::format("{}::{}", outer, inner) : std::string(outer);
}

// Whether `unit` is that of the list or lies within it.
bool Covers(const std::string& listed, const std::string& unit) {
  return unit == listed || unit.starts_with(listed + "::");
}

int Main(std::span<char* const> words) {
  const auto flags = harness::Flags::Parse(words, {"image", "unit", "absent"});
  if (!flags) return std::fprintf(stderr, "size: %s\n", flags.error().c_str()), 2;
  const auto bytes = harness::ReadFile(flags->Get("image"));
  if (!bytes) return std::fprintf(stderr, "size: %s\n", bytes.error().c_str()), 2;
  const auto image = elf::Read(*bytes);
  if (!image) return std::fprintf(stderr, "size: %s\n", image.error().c_str()), 2;
  const std::vector<std::string> units = flags->All("unit");
  std::vector<std::string> seen;
  int bad = 0;
  for (const elf::Symbol& symbol : image->symbols) {
    const std::string unit = UnitOf(symbol.name);
    if (unit.empty()) continue;
    seen.push_back(unit);
    if (std::ranges::any_of(units, [&](const auto& listed) { return Covers(listed, unit); }))
      continue;
    std::printf("BAD: %s is in the image, of unit %s, which the appliance does not name\n",
                symbol.name.c_str(), unit.c_str());
    ++bad;
  }
  // A list with names that match nothing would prove nothing.
  for (const std::string& unit : units) {
    if (std::ranges::any_of(seen, [&](const auto& its) { return Covers(unit, its); })) continue;
    std::printf("BAD: nothing of unit %s is in the image: is this test out of date?\n",
                unit.c_str());
    ++bad;
  }
  for (const std::string& name : flags->All("absent")) {
    if (image->Find(name) == nullptr) continue;
    std::printf("BAD: %s is in the image\n", name.c_str());
    ++bad;
  }
  std::printf("%zu symbols, %zu of them of kernel units\n", image->symbols.size(), seen.size());
  return bad == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  return Main(std::span<char* const>(argv + 1, static_cast<std::size_t>(argc) - 1));
}
