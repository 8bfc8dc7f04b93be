// Brings the segments of an image into the guest's RAM.
#ifndef VMM_LOADER_LOAD_IMAGE_H_
#define VMM_LOADER_LOAD_IMAGE_H_

#include "vmm/base/file.h"
#include "vmm/base/result.h"
#include "vmm/loader/elf_image.h"
#include "vmm/memory/guest_memory.h"

namespace vmm {

/// Maps pages that are alike in file and RAM, copies the rest. Of an image with a BootBlock, what is
/// not writable can afterwards be written by nobody; others (Linux) patch their own text.
/// kInvalidArgument if the image does not fit.
[[nodiscard]] Result<void> LoadImage(const ElfImage& image, const MappedFile& file,
                                     GuestMemory& memory);

}  // namespace vmm

#endif  // VMM_LOADER_LOAD_IMAGE_H_
