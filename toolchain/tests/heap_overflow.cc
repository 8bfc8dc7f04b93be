// A mistake for AddressSanitizer: writes one element behind an array on the heap.
#include <cstdlib>
#include <memory>

int main(int argc, char**) {
  const std::unique_ptr<int[]> array(new int[4]);
  // Volatile, or the compiler sees the mistake and may do anything.
  volatile int* element = array.get();
  element[3 + argc] = 1;
  return EXIT_SUCCESS;
}
