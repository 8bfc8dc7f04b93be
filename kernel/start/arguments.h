// From the loader's command line to the arguments of main.
#ifndef KERNEL_START_ARGUMENTS_H_
#define KERNEL_START_ARGUMENTS_H_

#include <cstddef>
#include <span>
#include <string_view>

namespace kernel::start {

/// What an image is told.
struct Arguments {
  int count;              // Of main.
  char** values;          // Of main: `count` texts and a null.
  bool print_boot_clock;  // Whether abi::kBootMarksWord was there.
};

/// How many words, separated by spaces, `line` has.
std::size_t CountWords(std::string_view line);

/// Splits `line` at spaces; there are no quotes. Words go to `values` from index 1 on, their text
/// to `text`; abi::kBootMarksWord is the kernel's, and words that
/// tell drivers of devices are theirs: left out. values[0] is `program`.
///
/// `values` has CountWords(line) + 2 places, `text` line.size() + 1; both live as long as the
/// result.
Arguments SplitCommandLine(std::string_view line, char* program, std::span<char*> values,
                           std::span<char> text);

}  // namespace kernel::start

#endif  // KERNEL_START_ARGUMENTS_H_
