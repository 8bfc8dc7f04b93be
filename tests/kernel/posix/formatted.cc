// A program in C++ that formats, and ends by exit() from within.
#include <cstdio>
#include <cstdlib>
#include <format>
#include <map>
#include <string>

namespace {

/// Says when it goes: exit() runs the destructors of globals.
struct Farewell {
  explicit Farewell(const char* who) : name(who) {}
  ~Farewell() { std::puts(std::format("farewell of {}", name).c_str()); }
  std::string name;
};

Farewell farewell("a global");

}  // namespace

int main() {
  const std::map<std::string, double> halves = {{"one", 0.5}, {"seven", 3.5}};
  for (const auto& [name, half] : halves) {
    std::puts(std::format("{:>6}: {:.2f} {:#06x}", name, half, name.size()).c_str());
  }
  std::exit(5);
}
