// One line about why nothing is booted, where somebody may read it.
#ifndef BOOT_UEFI_REPORT_H_
#define BOOT_UEFI_REPORT_H_

#include "boot/uefi/failure.h"
#include "boot/uefi/firmware.h"

namespace boot::uefi {

/// Prints the failure's line on the firmware's console; on the first serial port if
/// there is none, or none any more.
void Report(const Failure& failure, const SystemTable& system);

}  // namespace boot::uefi

#endif  // BOOT_UEFI_REPORT_H_
