// Where libc++'s headers go when what they were told makes no sense: a range that is none, a bad
// substr.
//
// Source: libc++ 19, <__verbose_abort>, which invites programs to define this function themselves.
#include <__verbose_abort>

#include "kernel/base/check.h"

// The format's arguments repeat what the backtrace shows; formatting them would want the C library.
void std::__libcpp_verbose_abort(const char* format, ...) { kernel::CheckFailed(format); }
