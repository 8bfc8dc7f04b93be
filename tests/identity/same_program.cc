// Proves that two links of one program differ in their boot code alone: every function and object
// of the one is in the other with the same bytes, but for addresses that moved.
//
//   same_program --left=ELF --right=ELF [--boot=SYMBOL]…
//
// Where two bytes differ, the field around them must hold, as an address or as a distance, the same
// offset of the same symbol in both; or, for constants without a name, a place with the same bytes.
// Symbols in namespace boot and those named by --boot are the boot code.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <format>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/elf/elf.h"
#include "tests/harness/boot.h"
#include "tests/harness/flags.h"

namespace {

constexpr std::uint64_t kExecutable = 4;  // SHF_EXECINSTR

struct Place {
  std::string_view symbol;
  std::uint64_t offset;
  bool operator==(const Place&) const = default;
};

class Program {
 public:
  explicit Program(elf::File file) : file_(std::move(file)), memory_(file_.Loaded()) {
    for (const elf::Symbol& symbol : file_.symbols) {
      if (SizeOf(symbol) > 0) by_name_[symbol.name].push_back(&symbol);
    }
  }

  const elf::File& file() const { return file_; }
  /// Symbols with contents, by name: local ones of different objects may share one.
  const auto& by_name() const { return by_name_; }

  /// What it says it is; of a label in code, up to the next symbol or the section's end, without
  /// what fills up the section.
  std::uint64_t SizeOf(const elf::Symbol& symbol) const {
    if (symbol.size > 0) return symbol.size;
    for (const elf::Section& section : file_.sections) {
      const bool inside = symbol.address - section.address < section.size;
      if ((section.flags & kExecutable) == 0 || !inside) continue;
      const auto next =
          std::ranges::upper_bound(file_.symbols, symbol.address, {}, &elf::Symbol::address);
      const std::uint64_t end = section.address + section.size;
      const std::uint64_t stop = next == file_.symbols.end() ? end : std::min(end, next->address);
      const std::string code = At(symbol.address, stop - symbol.address);
      return code.find_last_not_of(std::string_view("\0\xcc", 2)) + 1;
    }
    return 0;
  }

  /// Bytes of memory; those that are in no file are zero.
  std::string At(std::uint64_t address, std::uint64_t size) const {
    const std::uint64_t offset = address - file_.LoadedBase();
    std::string bytes = offset < memory_.size() ? memory_.substr(offset, size) : "";
    bytes.resize(size);
    return bytes;
  }

  bool Holds(std::uint64_t address) const { return address - file_.LoadedBase() < memory_.size(); }

  /// Every symbol in which the address lies.
  std::vector<Place> PlacesOf(std::uint64_t address) const {
    std::vector<Place> places;
    for (const elf::Symbol& symbol : file_.symbols) {
      if (symbol.address > address) break;
      const std::uint64_t offset = address - symbol.address;
      if (offset == 0 || offset < SizeOf(symbol)) places.push_back({symbol.name, offset});
    }
    return places;
  }

 private:
  elf::File file_;
  std::string memory_;
  std::map<std::string_view, std::vector<const elf::Symbol*>> by_name_;
};

template <typename Field>
Field Get(std::string_view bytes, std::size_t offset) {
  Field value;
  std::memcpy(&value, bytes.data() + offset, sizeof(value));
  return value;
}

class Comparison {
 public:
  Comparison(const Program& left, const Program& right) : left_(left), right_(right) {}

  /// Whether both hold the same, but for addresses.
  bool Same(std::uint64_t left, std::uint64_t right, std::uint64_t size, int depth = 0) const {
    const std::string a = left_.At(left, size);
    const std::string b = right_.At(right, size);
    for (std::size_t i = 0; i < size; ++i) {
      if (a[i] == b[i]) continue;
      const std::size_t end = FieldAround(a, left, b, right, i, depth);
      if (end == 0) return false;
      i = end - 1;
    }
    return true;
  }

 private:
  static constexpr int kDeepest = 2;
  // What is looked at of a constant without a name.
  static constexpr std::uint64_t kConstant = 8;

  // Whether both addresses mean the same.
  bool SamePlace(std::uint64_t left, std::uint64_t right, int depth) const {
    const std::vector<Place> places = left_.PlacesOf(left);
    const std::vector<Place> others = right_.PlacesOf(right);
    for (const Place& place : places) {
      if (std::ranges::find(others, place) != others.end()) return true;
    }
    // Beyond the program, such as the loader's memory, an address means itself.
    if (left == right && !left_.Holds(left) && !right_.Holds(right)) return true;
    // A symbol's address cannot mean a nameless constant's.
    if (!places.empty() || !others.empty() || depth == kDeepest) return false;
    return left_.Holds(left) && right_.Holds(right) && Same(left, right, kConstant, depth + 1);
  }

  // Where the field ends that holds the `i`th byte and means the same in both; 0 if there is none.
  std::size_t FieldAround(std::string_view a, std::uint64_t left, std::string_view b,
                          std::uint64_t right, std::size_t i, int depth) const {
    for (std::size_t start = i < 7 ? 0 : i - 7; start <= i; ++start) {
      if (start + 8 <= a.size() &&
          SamePlace(Get<std::uint64_t>(a, start), Get<std::uint64_t>(b, start), depth)) {
        return start + 8;
      }
      if (start + 4 > a.size() || start + 4 <= i) continue;
      const auto of_left = Get<std::uint32_t>(a, start);
      const auto of_right = Get<std::uint32_t>(b, start);
      if (SamePlace(of_left, of_right, depth)) return start + 4;
      // A distance counts from the end of its instruction: up to a 32-bit constant may follow it.
      for (const std::uint64_t after : {4, 5, 6, 8}) {
        const std::uint64_t at = start + after;
        if (SamePlace(left + at + SignExtended(of_left), right + at + SignExtended(of_right),
                      depth)) {
          return start + 4;
        }
      }
    }
    return 0;
  }

  static std::uint64_t SignExtended(std::uint32_t value) {
    return static_cast<std::uint64_t>(std::int64_t{static_cast<std::int32_t>(value)});
  }

  const Program& left_;
  const Program& right_;
};

// Compares by name and judges aloud.
class Judge {
 public:
  Judge(const Program& left, const Program& right, std::vector<std::string> boot)
      : left_(left), right_(right), comparison_(left, right), boot_(std::move(boot)) {}

  int Run() {
    for (const auto& [name, symbols] : left_.by_name()) Compare(name, symbols);
    for (const auto& [name, symbols] : right_.by_name()) {
      if (!left_.by_name().contains(name)) OnlyInOne(name, "right");
    }
    // A comparison of nothing would prove nothing.
    if (same_ < kFewest) Complain(std::format("only {} symbols are in both", same_));
    std::printf("%d symbols are the same in both; boot code: %d\n", same_, of_boot_);
    return bad_ == 0 ? 0 : 1;
  }

 private:
  static constexpr int kFewest = 50;

  bool IsBoot(std::string_view name) const {
    return name.contains("N4boot") || std::ranges::find(boot_, name) != boot_.end();
  }

  void Complain(const std::string& why) {
    std::printf("BAD: %s\n", why.c_str());
    ++bad_;
  }

  void OnlyInOne(std::string_view name, std::string_view where) {
    if (IsBoot(name)) {
      ++of_boot_;
    } else {
      Complain(std::format("{} is in the {} program only, and is no boot code", name, where));
    }
  }

  void Compare(std::string_view name, const std::vector<const elf::Symbol*>& symbols) {
    const auto others = right_.by_name().find(name);
    if (others == right_.by_name().end()) return OnlyInOne(name, "left");
    if (IsBoot(name)) {
      ++of_boot_;
      return;
    }
    if (symbols.size() != others->second.size()) {
      return Complain(std::format("{} stands {} times left, {} times right", name, symbols.size(),
                                  others->second.size()));
    }
    for (const elf::Symbol* const symbol : symbols) {
      const std::uint64_t size = left_.SizeOf(*symbol);
      const bool same = std::ranges::any_of(others->second, [&](const elf::Symbol* other) {
        return right_.SizeOf(*other) == size &&
               comparison_.Same(symbol->address, other->address, size);
      });
      if (!same) Complain(std::format("{} ({} bytes) has other contents", name, size));
      if (same) ++same_;
    }
  }

  const Program& left_;
  const Program& right_;
  Comparison comparison_;
  std::vector<std::string> boot_;
  int same_ = 0;
  int of_boot_ = 0;
  int bad_ = 0;
};

int Main(std::span<char* const> words) {
  const auto flags = harness::Flags::Parse(words, {"left", "right", "boot"});
  if (!flags) return std::fprintf(stderr, "same_program: %s\n", flags.error().c_str()), 2;
  std::array<std::string, 2> bytes;
  std::vector<Program> programs;
  for (const std::size_t side : {0, 1}) {
    const auto read = harness::ReadFile(flags->Get(side == 0 ? "left" : "right"));
    if (!read) return std::fprintf(stderr, "same_program: %s\n", read.error().c_str()), 2;
    bytes[side] = *read;
    auto file = elf::Read(bytes[side]);
    if (!file) return std::fprintf(stderr, "same_program: %s\n", file.error().c_str()), 2;
    programs.emplace_back(*std::move(file));
  }
  return Judge(programs[0], programs[1], flags->All("boot")).Run();
}

}  // namespace

int main(int argc, char** argv) {
  return Main(std::span<char* const>(argv + 1, static_cast<std::size_t>(argc) - 1));
}
