// Brings the segments of an image into the guest's RAM.
#ifndef VMM_LOADER_LOAD_IMAGE_H_
#define VMM_LOADER_LOAD_IMAGE_H_

#include "vmm/base/file.h"
#include "vmm/base/result.h"
#include "vmm/loader/elf_image.h"
#include "vmm/memory/guest_memory.h"

namespace vmm {

/// Copies small segments and maps large ones that lie alike in file and RAM. Of an image with a
/// BootBlock, what is not writable can afterwards be written by no device. kInvalidArgument if the
/// image does not fit.
[[nodiscard]] Result<void> LoadImage(const ElfImage& image, const MappedFile& file,
                                     GuestMemory& memory);

}  // namespace vmm

#endif  // VMM_LOADER_LOAD_IMAGE_H_
