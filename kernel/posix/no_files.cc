// Where the C library looks for files of its own, in an image without any: there are no locales but
// C and C.UTF-8, and no time zone but UTC and what TZ spells out.
//
// Source: musl 1.2.3, src/time/__map_file.c.
#include <cstddef>

extern "C" const char* __map_file(const char* path, std::size_t* size);

const char* __map_file(const char*, std::size_t*) { return nullptr; }
