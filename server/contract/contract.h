/* Contract: what there is, said to programs and to people. All of it is printed from the tables that dispatch,
 * validate, load and write. */
#ifndef DUVO_CONTRACT_CONTRACT_H
#define DUVO_CONTRACT_CONTRACT_H

#include "base/text.h"

struct arena;
struct request;

enum { CONTRACT_ALL = 0, CONTRACT_MOCK = 3, CONTRACT_COUNT };

/* OpenAPI 3.1: the document of one version of the API (1, 2), of the mock's own endpoints, or of everything. Made at
 * the first call, the same bytes ever after; safe in every thread. */
struct text contract_text(unsigned version);
/* The same with that URL as its one server. In the arena. */
struct text contract_text_at(struct arena *arena, unsigned version, struct text url);
/* The URL for that: the address that was asked, space included; clients go on from where they found the document. */
struct text contract_base(struct request *rq);
/* At the end of the process. */
void contract_free(void);

/* The JSON Schema (2020-12) of fixture documents: editors complete and check files that name it as their "$schema". In
 * the arena, as all that follows. */
struct text fixture_schema(struct arena *arena);

/* The support matrix, as Markdown tables: a row for each family of endpoints, a row for each operation, or both, with
 * an empty line between them. */
struct text matrix_families(struct arena *arena);
struct text matrix_operations(struct arena *arena);
/* A row for each operation that Duvo documents and no route answers. */
struct text matrix_unmocked(struct arena *arena);
struct text matrix_text(struct arena *arena);

/* References, as Markdown: a part for each control call under /_mock, with what it does, its parameters and the members
 * of its body; or a part for each section of a fixture document, with its members. */
struct text reference_control(struct arena *arena);
struct text reference_fixtures(struct arena *arena);

/* As JSON, for programs that make clients: the version, the options with their kinds, and every name of an operation
 * that faults and verify take. */
struct text names_text(struct arena *arena);

#endif
