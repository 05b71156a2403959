/* Fuzz targets: functions that take any bytes whatsoever and must come to their end, with every promise of the module
 * kept that can be checked without knowing what the bytes mean. libFuzzer drives them (`make fuzz`), and replay.c does
 * with any compiler (`make fuzz-replay`). targets.def lists them; corpus/TARGET/ has inputs that people wrote, and
 * those that once failed. */
#ifndef DUVO_TEST_FUZZ_H
#define DUVO_TEST_FUZZ_H

#include "base/arena.h"
#include "base/text.h"

#include <stddef.h>

enum { FUZZ_MAX = 8192 }; /* bytes of an input */

struct fuzz_target {
    const char *name;
    void (*run)(struct text input);
};

/* Ends with one without a name. */
extern const struct fuzz_target fuzz_targets[];
/* By the name in FUZZ_TARGET; without such a target the program ends with a line that lists them. */
const struct fuzz_target *fuzz_chosen(void);

/* Runs one input with an arena of its own. */
void fuzz_one(const struct fuzz_target *target, struct text input);
/* That arena. */
extern struct arena *fuzz_arena;
/* A copy whose memory ends with the text, so that reading past it is noticed; until the input is over. */
struct text fuzz_own(struct text t);
/* Takes the part before the first line that is just `---` off *rest; all of it without one, and *rest is unset. */
struct text fuzz_part(struct text *rest);

/* A broken promise: the program is aborted with a line that says which. */
#define FUZZ_PROMISE(kept, what) ((kept) ? (void)0 : fuzz_broken(what, __FILE__, __LINE__))
_Noreturn void fuzz_broken(const char *what, const char *file, int line);

/* True when run(cls) ended the program by die(), which then went no further. */
bool fuzz_dies(void (*run)(void *cls), void *cls);

#endif
