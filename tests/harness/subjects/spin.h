// Wastes the processor's time: some ten milliseconds on any machine.
#ifndef TESTS_HARNESS_SUBJECTS_SPIN_H_
#define TESTS_HARNESS_SUBJECTS_SPIN_H_

inline void Spin() {
  for (volatile int i = 0; i < 10'000'000; i = i + 1) {
  }
}

#endif  // TESTS_HARNESS_SUBJECTS_SPIN_H_
