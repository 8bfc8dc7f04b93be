// A program in C++: containers and printf.
#include <cstdio>
#include <string>
#include <vector>

int main() {
  const std::vector<std::string> words = {"hello", "from", "a",
                                          "vector of strings, some of them long"};
  std::string line;
  for (const std::string& word : words) line += word + " ";
  line.back() = '.';
  std::printf("%s\n", line.c_str());
}
