/*
 * The black-box test runner: runs data files (tests/api, tests/cli) against real server processes, checks
 * every reply against the API description, and says which routes no test has seen to work.
 * tests/api/README.md has the format.
 */
#include "runner/http_case.h"
#include "runner/jobs.h"
#include "runner/process.h"
#include "runner/select.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "usage: run --server PATH --schema schema/openapi.json [-j N] [--coverage-file PATH] [--cases N] "
    "[--list] [FILE|DIR|NAME…]\n"
    "  FILE or DIR: those data files; NAME: the files below tests/api and tests/cli whose path contains it; "
    "none: all\n"
    "  -j N                  so many files at a time (default: one for each core)\n"
    "  --coverage-file PATH  where to list the operations that were seen to work\n"
    "  --cases N             how many cases all files together have at least: tests may be written anew, not lost\n"
    "  --list                print the chosen files, what each shows and how many cases it has, and run nothing\n";

struct options {
    const char *server, *schema, *coverage;
    long long at_once, cases;
    bool list;
};

static bool options_parse(int argc, char **argv, struct options *o)
{
    static const struct option names[] = {
        { "server", required_argument, NULL, 's' },
        { "schema", required_argument, NULL, 'd' },
        { "coverage-file", required_argument, NULL, 'c' },
        { "cases", required_argument, NULL, 'n' },
        { "list", no_argument, NULL, 'l' },
        { NULL, 0, NULL, 0 },
    };
    o->at_once = sysconf(_SC_NPROCESSORS_ONLN);
    for (int c = getopt_long(argc, argv, "j:", names, NULL); c != -1;
         c = getopt_long(argc, argv, "j:", names, NULL)) {
        switch (c) {
        case 's': o->server = optarg; break;
        case 'd': o->schema = optarg; break;
        case 'c': o->coverage = optarg; break;
        case 'l': o->list = true; break;
        case 'n':
            if (!number_parse(optarg, 0, LLONG_MAX, &o->cases))
                return false;
            break;
        case 'j':
            if (!number_parse(optarg, 1, 256, &o->at_once))
                return false;
            break;
        default: return false;
        }
    }
    return o->list || (o->server != NULL && o->schema != NULL);
}

static void problems_print(const char *title, const struct text *problems, struct totals *totals)
{
    const char *s = text_str(problems);
    while (*s != '\0') {
        size_t len = strcspn(s, "\n");
        printf("FAIL %s: %.*s\n", title, (int)len, s);
        totals->failed++;
        s += len + (s[len] == '\n');
    }
}

/* A file that the workers read; a mistake in it fails the run, but hinders no test. */
static bool description_load(struct contract *contract, const char *path, struct totals *totals)
{
    struct text problems = { 0 };
    bool readable = contract_load(contract, path, &problems);
    problems_print(path, &problems, totals);
    text_free(&problems);
    return readable;
}

/* Each operation that no test has seen to work is a failed test. */
static void coverage_judge(const struct contract *contract, const char *path, struct totals *totals)
{
    struct text covered = { 0 }, missing = { 0 };
    text_add_char(&covered, '\n');
    file_read(path, &covered);
    for (const struct operation *op = contract->operations; op != NULL; op = op->next)
        if (strstr(text_str(&covered), keep_f("\n%s %s %s\n", op->id, op->method, op->path)) == NULL)
            text_addf(&missing, "no test got a success reply from %s %s (%s)\n", op->method, op->path,
                      op->id);
    problems_print("routes", &missing, totals);
    text_free(&covered);
    text_free(&missing);
}

/* What fails holds no cases, and is told of already. */
static void cases_judge(long long wanted, struct totals *totals)
{
    if (totals->failed > 0 || (long long)totals->cases >= wanted)
        return;
    printf("FAIL cases: the files have %zu cases, fewer than the %lld of --cases\n", totals->cases, wanted);
    totals->failed++;
}

static void setups_judge(const struct strings *files, struct totals *totals)
{
    struct text problems = { 0 };
    setups_check(files, &problems);
    problems_print("set-ups", &problems, totals);
    text_free(&problems);
}

/* The scratch folder of this run, with bin/duvo-mock in it. */
static char *scratch_make(const char *server)
{
    const char *base = getenv("TMPDIR");
    char *root = keep_f("%s/duvo-mock-test.XXXXXX", base == NULL || *base == '\0' ? "/tmp" : base);
    if (mkdtemp(root) == NULL || !directory_make(keep_f("%s/bin", root)) ||
        symlink(server, keep_f("%s/bin/duvo-mock", root)) != 0) {
        fprintf(stderr, "run: %s: %s\n", root, strerror(errno));
        return NULL;
    }
    return root;
}

static int files_run(const struct options *o, const struct selection *selection)
{
    struct totals totals = { 0 };
    struct contract contract = { 0 };
    char *server = realpath(o->server, NULL);
    char *root = server == NULL || access(server, X_OK) != 0 ? NULL : scratch_make(server);
    if (root == NULL) {
        fprintf(stderr, "run: %s is not a program that can be started here\n", o->server);
        free(server);
        return 1;
    }
    const struct jobs jobs = { .files = &selection->files,
                               .program = server,
                               .root = root,
                               .contract = &contract,
                               .coverage_path =
                                   o->coverage != NULL ? o->coverage : keep_f("%s/coverage", root),
                               .at_once = (size_t)o->at_once };
    bool finished = description_load(&contract, o->schema, &totals) &&
                    file_write(jobs.coverage_path, "", 0) && jobs_run(&jobs, &totals);
    if (finished && selection->whole) {
        cases_judge(o->cases, &totals);
        coverage_judge(&contract, jobs.coverage_path, &totals);
        setups_judge(&selection->files, &totals);
    }
    contract_free(&contract);
    directory_remove(root);
    free(server);
    if (!finished)
        fputs("run: the run was not finished\n", stderr);
    printf("%zu cases\n%zu passed, %zu failed\n", totals.cases, totals.passed, totals.failed);
    return finished && totals.failed == 0 && totals.passed > 0 ? 0 : 1;
}

static int files_list(const struct selection *selection)
{
    size_t all = 0;
    for (size_t i = 0; i < selection->files.count; i++) {
        const char *path = selection->files.at[i];
        size_t cases = file_cases(path);
        printf("%s: %s (%zu)\n", path, file_summary(path), cases);
        all += cases;
    }
    printf("%zu cases\n", all);
    return selection->files.count > 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    struct options o = { 0 };
    if (!options_parse(argc, argv, &o)) {
        fputs(usage, stderr);
        return 2;
    }
    struct selection selection = files_select(argv + optind, (size_t)(argc - optind));
    for (size_t i = 0; i < selection.unknown.count; i++)
        fprintf(stderr, "run: no data file matches %s\n", selection.unknown.at[i]);
    if (o.list)
        return files_list(&selection);
    if (selection.unknown.count > 0 || selection.files.count == 0) {
        if (selection.unknown.count == 0)
            fputs("run: there are no data files here\n", stderr);
        printf("0 passed, %zu failed\n", selection.unknown.count);
        return 1;
    }
    return files_run(&o, &selection);
}
