// A mistake for ThreadSanitizer: two threads count without a lock.
#include <thread>

namespace {

int counter = 0;

void Count() {
  for (int i = 0; i < 1000; ++i) ++counter;
}

}  // namespace

int main() {
  std::thread first(Count);
  std::thread second(Count);
  first.join();
  second.join();
  return 0;
}
