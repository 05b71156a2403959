/* What libFuzzer calls. */
#include "fuzz.h"

#include "base/secret.h"

#include <stdlib.h>

static const struct fuzz_target *chosen;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    chosen = fuzz_chosen();
    return secret_start() ? 0 : 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n <= FUZZ_MAX)
        fuzz_one(chosen, (struct text){ (const char *)bytes, n });
    return 0;
}
