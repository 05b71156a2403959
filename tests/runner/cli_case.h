/*
 * cli_case: what a .cli data file says. tests/api/README.md describes the format.
 */
#ifndef RUNNER_CLI_CASE_H
#define RUNNER_CLI_CASE_H

#include "reader.h"

enum stream { STREAM_OUT, STREAM_ERR };

enum output_kind { OUTPUT_BLOCK, OUTPUT_CONTAINS, OUTPUT_LACKS, OUTPUT_LINES, OUTPUT_EMPTY };

struct output_check {
    struct output_check *next;
    int line;
    enum stream stream;
    enum output_kind kind;
    char *needle;
    struct lines block;
    long long count;
};

enum cli_kind { CLI_FILE, CLI_COMMAND, CLI_BACKGROUND, CLI_STOP, CLI_SAME_FILE, CLI_COVERS };

struct cli_action {
    struct cli_action *next;
    enum cli_kind kind;
    int line;
    char *text;  /* the command, the file's name, the first file or the method */
    char *other; /* the file's content, the second file or the path */
    int signal;  /* of stop */
    int exit_code;
    unsigned timeout_ms; /* of a command; for stop, the time that it may take */
    struct output_check *checks, **last_check;
};

struct cli_case {
    const char *summary;
    struct cli_action *actions;
};

/* False, and reported, when the file is not well formed. */
bool cli_case_parse(struct cli_case *cc, const char *path, struct report *report);

#endif
