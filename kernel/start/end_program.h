// The end of a program that ends well, by returning from main or by exit().
#ifndef KERNEL_START_END_PROGRAM_H_
#define KERNEL_START_END_PROGRAM_H_

namespace kernel::start {

/// Ends the machine; `result` is main's, as the exit status of the architecture knows it. Nothing
/// of the program's runs any more.
[[noreturn]] void EndProgram(int result);

}  // namespace kernel::start

#endif  // KERNEL_START_END_PROGRAM_H_
