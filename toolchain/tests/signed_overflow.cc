// A mistake for UndefinedBehaviorSanitizer: a signed sum that does not fit.
#include <limits>

int main(int argc, char**) {
  volatile int sum = std::numeric_limits<int>::max();
  sum = sum + argc;
  return 0;
}
