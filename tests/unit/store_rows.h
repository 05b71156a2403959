/* A store with rows that can be counted, in memory and in a file, for the tests of transactions. */
#ifndef DUVO_TEST_STORE_ROWS_H
#define DUVO_TEST_STORE_ROWS_H

#include "store/query.h"

#include <stdbool.h>
#include <stdint.h>

/* What is tested, and the file that it has or could have. */
extern struct store *store;
extern char store_path[300];

/* For cmocka: the two kinds of setup, with the default space in the store, and the teardown. */
int in_memory(void **state);
int in_a_file(void **state);
int stop(void **state);
/* Opens `store`; the test fails when that fails. */
void open_store(bool durable);

/* This thread's way into the store; NULL when it gets none. */
struct db *my_db(void);
/* Adds a row whose key is a number. */
bool add_row(struct db *db, int64_t number);
int64_t count_rows(struct db *db);
/* In a transaction of its own. */
int64_t rows_now(void);
/* Adds a person, which is a change of identities. */
bool insert_person(struct db *db, uint8_t n);
/* As the next transaction sees it. */
uint64_t identities_now(struct db *db);

#endif
