/*
 * cli_run: runs one .cli data file in a folder of its own, with `duvo-mock` on the PATH.
 */
#ifndef RUNNER_CLI_RUN_H
#define RUNNER_CLI_RUN_H

#include "cli_case.h"
#include "contract.h"
#include "vars.h"

/* What a command wrote. */
struct output {
    struct text bytes[2]; /* by enum stream */
};

void output_read(struct output *o, const char *out_path, const char *err_path);
void output_free(struct output *o);
/* What is wrong becomes notes; may be asked again when more output has come. */
bool output_check_all(const struct output *o, const struct output_check *checks, struct vars *vars,
                      struct report *notes);
void output_dump(const struct output *o, struct report *notes);

/* bin is a folder that holds duvo-mock; scratch an empty folder. */
void cli_file_run(const char *path, const char *bin, const char *scratch, const struct contract *contract,
                  struct report *report);

#endif
