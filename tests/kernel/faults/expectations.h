// What the report of each fault of main.cc must say, and the check that it does.
#ifndef TESTS_KERNEL_FAULTS_EXPECTATIONS_H_
#define TESTS_KERNEL_FAULTS_EXPECTATIONS_H_

#include <string>
#include <string_view>
#include <vector>

#include "tests/elf/elf.h"

namespace faults {

/// The words of every fault, for the image's command line.
std::vector<std::string_view> AllFaults();
/// The six that the project promises by name.
std::vector<std::string_view> MainFaults();

/// What is wrong with the console of an image that was told to commit `fault`, and with the exit
/// status of the monitor that ran it; empty if nothing is. `image`: its ELF file.
std::vector<std::string> CheckFault(std::string_view fault, std::string_view console, int status,
                                    const elf::File& image);

}  // namespace faults

#endif  // TESTS_KERNEL_FAULTS_EXPECTATIONS_H_
