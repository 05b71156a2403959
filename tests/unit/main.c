/* All unit tests in one program. Each tests/unit/test_NAME.c has a main of its own, which the Makefile renames; this
 * one runs those whose names are given, one after the other, and prints the names when none is. A process of its own
 * keeps each from the others: tests/unit.sh. */
#include <stdio.h>
#include <string.h>

#define PROGRAM(name) int main_of_##name(void);
#include "unit/programs.def"
#undef PROGRAM

static const struct {
    const char *name;
    int (*run)(void);
} programs[] = {
#define PROGRAM(name) { #name, main_of_##name },
#include "unit/programs.def"
#undef PROGRAM
};

enum { PROGRAMS = sizeof programs / sizeof programs[0] };

static int run(const char *name)
{
    for (size_t i = 0; i < PROGRAMS; i++)
        if (strcmp(programs[i].name, name) == 0)
            return programs[i].run();
    fprintf(stderr, "no unit tests of that name: %s\n", name);
    return 2;
}

int main(int argc, char **argv)
{
    int status = 0;
    for (int i = 1; i < argc; i++)
        status |= run(argv[i]);
    for (size_t i = 0; argc == 1 && i < PROGRAMS; i++)
        puts(programs[i].name);
    return status;
}
