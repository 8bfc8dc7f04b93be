// A program in C, as anywhere. What it prints without the end of a line is written when it ends.
#include <stdio.h>
#include <stdlib.h>

static void SayGoodbye(void) { puts("goodbye"); }

int main(int argc, char** argv) {
  atexit(SayGoodbye);
  printf("hello from %s, %d argument, pi is %.3f\n", argv[0], argc, 3.14159);
  fprintf(stderr, "and to stderr\n");
  printf("then ");
  return 3;
}
