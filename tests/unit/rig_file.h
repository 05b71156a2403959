/* Rig with a file: a server over a database file, and another look at the same file. */
#ifndef DUVO_TEST_RIG_FILE_H
#define DUVO_TEST_RIG_FILE_H

#include "rig.h"

#include <stdint.h>

/* That of the test that runs, as the rig is. */
extern struct arena *arena;

int rig_file_setup(void **state);
int rig_file_teardown(void **state);

/* What is asked of the file fails the test when it cannot be done. */
void file_run(const char *sql);
/* The first column of every row, and how many there are: `max` at the most. */
size_t file_list(const char *sql, const char **ret, size_t max);
/* Of the one row that there is. */
int64_t file_number(const char *sql);

#endif
