#include "api/move.h"

#include "api/agent_path.h"
#include "api/handlers.h"
#include "base/limit.h"
#include "store/query.h"

/* ---- what is asked --------------------------------------------------------------------------------------- */

struct move_query {
    struct v_enum dry_run;
};

static const char *const yes_no[] = { "true", "false", NULL };
enum { YES, NO };

static const struct field query_fields[] = {
    FIELD_ENUM(struct move_query, dry_run, .flags = OR_BOOLEAN, .names = yes_no,
               .doc = "true: nothing moves, and the reply says what would"),
};
const struct spec agent_move_query = SPEC(struct move_query, "MoveAgentQuery", query_fields);

struct move_body {
    struct v_uuid target_team_id;
    struct v_bool move_learnings, bypass_standalone_gate;
};

#define B struct move_body
static const struct field body_fields[] = {
    FIELD_UUID(B, target_team_id, .flags = REQUIRED, .doc = "The team that it goes to",
               .example = "\"6f1d2c3b-2222-4aaa-8bbb-000000000004\""),
    FIELD_BOOL(B, move_learnings, .fallback = "true",
               .doc = "Whether what it has learned goes along: the mock has none"),
    FIELD_BOOL(B, bypass_standalone_gate, .fallback = "false",
               .doc = "Moves what hangs together with it along, instead of refusing"),
};
#undef B
const struct spec agent_move_body = SPEC(struct move_body, "MoveAgent", body_fields);

/* ---- what is told ---------------------------------------------------------------------------------------- */

struct skill {
    struct v_text id, name;
};

static const struct field skill_fields[] = {
    FIELD_TEXT(struct skill, id, .flags = REQUIRED, .doc = "As the config has it"),
    FIELD_TEXT(struct skill, name, .flags = REQUIRED, .doc = "The same"),
};
static const struct spec skill_spec = SPEC(struct skill, "SkillToClone", skill_fields);

struct copied_file {
    struct v_text path;
};

static const struct field file_fields[] = {
    FIELD_TEXT(struct copied_file, path, .flags = REQUIRED, .doc = "As the config has it", .example = "\"prices.csv\""),
};
static const struct spec file_spec = SPEC(struct copied_file, "FileToCopy", file_fields);

struct warnings {
    enum value_state is;
    struct move_outcome outcome;
    struct v_rows dropped_folders;
    struct v_int dropped_memory_count, files_copied_count;
    struct v_texts files_skipped_conflict;
};

#define W struct warnings
static const struct field warnings_fields[] = {
    FIELD_OBJECT(W, outcome, struct move_outcome, .flags = REQUIRED, .sub = &move_outcome_spec,
                 .doc = "What becomes of connections that the caller sees"),
    FIELD_ROWS(W, dropped_folders, .flags = REQUIRED, .sub = &moved_item_spec,
               .doc = "Folders that what moves lay in: it is at the top level then"),
    FIELD_INT(W, dropped_memory_count, .flags = REQUIRED, .doc = "0: the mock has no memory", .example = "0"),
    FIELD_INT(W, files_copied_count, .flags = REQUIRED, .doc = "Files of the live config", .example = "0"),
    FIELD_TEXTS(W, files_skipped_conflict, .flags = REQUIRED, .doc = "None: the mock has no files that could differ",
                .example = "[]"),
};
#undef W
static const struct spec warnings_spec = SPEC(struct warnings, "MoveWarnings", warnings_fields);

struct options {
    enum value_state is;
    struct v_bool move_learnings;
};

static const struct field options_fields[] = {
    FIELD_BOOL(struct options, move_learnings, .flags = REQUIRED, .doc = "As it was asked", .example = "true"),
};
static const struct spec options_spec = SPEC(struct options, "MoveOptions", options_fields);

struct moved {
    struct v_uuid source_team_id, target_team_id, root_agent_id;
    struct v_rows agents, queues;
    struct v_int total_case_items, total_runs;
    struct v_rows skills_to_clone, files_to_copy;
    struct warnings warnings;
    struct options options;
    struct v_bool applied;
};

#define M struct moved
static const struct field moved_fields[] = {
    FIELD_UUID(M, source_team_id, .flags = REQUIRED, .doc = "Where it was"),
    FIELD_UUID(M, target_team_id, .flags = REQUIRED, .doc = "Where it goes"),
    FIELD_UUID(M, root_agent_id, .flags = REQUIRED, .doc = "The agent that was asked for"),
    FIELD_ROWS(M, agents, .flags = REQUIRED, .sub = &moved_item_spec, .doc = "All that move, it first"),
    FIELD_ROWS(M, queues, .flags = REQUIRED, .sub = &moved_queue_spec, .doc = "Queues that move"),
    FIELD_INT(M, total_case_items, .flags = REQUIRED, .doc = "Cases in them", .example = "0"),
    FIELD_INT(M, total_runs, .flags = REQUIRED, .doc = "Runs of the agents", .example = "0"),
    FIELD_ROWS(M, skills_to_clone, .flags = REQUIRED, .sub = &skill_spec, .doc = "Skills of the live configs"),
    FIELD_ROWS(M, files_to_copy, .flags = REQUIRED, .sub = &file_spec, .doc = "Files of the live configs"),
    FIELD_OBJECT(M, warnings, struct warnings, .flags = REQUIRED, .sub = &warnings_spec,
                 .doc = "What is not as before"),
    FIELD_OBJECT(M, options, struct options, .flags = REQUIRED, .sub = &options_spec, .doc = "How it was asked"),
    FIELD_BOOL(M, applied, .flags = REQUIRED, .doc = "False with dry_run", .example = "true"),
};
#undef M
const struct spec agent_moved = SPEC(struct moved, "AgentMoved", moved_fields);

/* ---- refusing -------------------------------------------------------------------------------------------- */

struct refusal {
    struct v_text error;
    struct v_enum code;
    struct move_blockers blockers;
};

static const char *const codes[] = { "ASSIGNMENT_NOT_STANDALONE", NULL };

static const struct field refusal_fields[] = {
    FIELD_TEXT(struct refusal, error, .flags = REQUIRED, .doc = "What is wrong, for people",
               .example = "\"The agent hangs together with others\""),
    FIELD_ENUM(struct refusal, code, .flags = REQUIRED, .names = codes, .doc = "For programs"),
    FIELD_OBJECT(struct refusal, blockers, struct move_blockers, .flags = REQUIRED, .sub = &move_blockers_spec,
                 .doc = "What it hangs together with"),
};
const struct spec agent_not_standalone = SPEC(struct refusal, "AgentNotStandalone", refusal_fields);

static enum err check_standalone(struct request *rq, const struct uuid *agent_id)
{
    struct refusal *refusal = REQUEST_NEW(rq, struct refusal);
    if (!move_find_blockers(rq, agent_id, &refusal->blockers))
        return OK;
    refusal->code.is = VALUE_SET;
    rq->details = (struct reply_details){ &agent_not_standalone, refusal };
    return ERR_NOT_STANDALONE;
}

/* A person's role in a team as SQL has it; which of the two teams, for people. */
static enum err check_role(struct request *rq, struct text role, const char *which)
{
    const int have = text_index(role, role_names);
    if (have >= ROLE_BUILDER)
        return OK;
    return fail(rq, ERR_ROLE_TOO_LOW, "Moving an agent requires the %s role or above in %s; %s%s",
                role_names[ROLE_BUILDER], which, have < 0 ? "you are not in it" : "yours is ",
                have < 0 ? "" : role_names[have]);
}

static enum err find_source(struct request *rq, struct move_team *ret)
{
    const struct agent_path *path = rq->path;
    QUERY q = query_with(rq->db, SQL_MOVE_FROM, WITH(&path->agent_id.v, &rq->who.user_id));
    if (!query_row(&q))
        return ERR_AGENT_NOT_FOUND;
    ret->id = col_uuid(&q, 0);
    ret->sharing = query_number(rq->db, SQL_TEAM_SHARES, WITH(&ret->id)) != 0;
    return check_role(rq, col_text(&q, 1), "its team");
}

static enum err find_target(struct request *rq, const struct move_team *from, struct move_team *ret)
{
    const struct move_body *in = rq->input;
    const struct param *of = WITH(in->target_team_id, &rq->who.user_id);
    const enum err err = check_role(rq, query_text(rq->db, SQL_MEMBER_ROLE, of, rq->arena), "the target team");
    if (err != OK)
        return err;
    ret->id = in->target_team_id.v;
    ret->sharing = query_number(rq->db, SQL_TEAM_SHARES, WITH(&ret->id)) != 0;
    return uuid_eq(&ret->id, &from->id) ? fail(rq, ERR_INVALID, "body/target_team_id The agent is in this team") : OK;
}

/* What is in the way of the set as it is now. */
static enum err check_state(struct request *rq, const struct move *move)
{
    for (size_t i = 0; i < move->agent_count; i++)
        if (query_finds(rq->db, SQL_MOVE_RUN_ACTIVE, WITH(move->agents[i].id)))
            return fail(rq, ERR_AGENT_RUNS, "%.*s has an active run; stop it, or wait until it is over",
                        TEXT_ARG(text_clip(move->agents[i].name.v, LIMIT_SLUG)));
    for (size_t i = 0; i < move->queue_count; i++)
        if (query_finds(rq->db, SQL_MOVE_NAMESAKE, WITH(move->queues[i].id, &move->to.id)))
            return fail(rq, ERR_QUEUE_EXISTS, "The target team has a queue %.*s, too; rename one of the two",
                        TEXT_ARG(text_clip(move->queues[i].name.v, LIMIT_SLUG)));
    return OK;
}

static enum err plan_move(struct request *rq, struct move *ret)
{
    const struct agent_path *path = rq->path;
    const struct move_body *in = rq->input;
    enum err err = find_source(rq, &ret->from);
    if (err == OK)
        err = find_target(rq, &ret->from, &ret->to);
    if (err == OK && !in->bypass_standalone_gate.v)
        err = check_standalone(rq, &path->agent_id.v);
    if (err != OK)
        return err;
    move_find_set(rq, &path->agent_id.v, in->bypass_standalone_gate.v, ret);
    return check_state(rq, ret);
}

/* ---- telling --------------------------------------------------------------------------------------------- */

/* Texts and folders, each once. */
struct collected {
    size_t n, room;
    struct moved_item *v;
};

static void collect_item(struct request *rq, struct collected *to, struct moved_item item)
{
    for (size_t i = 0; i < to->n; i++)
        if (text_eq(to->v[i].name.v, item.name.v) && uuid_eq(&to->v[i].id.v, &item.id.v))
            return;
    if (to->n == to->room) {
        struct moved_item *more = ARENA_ARRAY(rq->arena, to->room = to->room * 2 + 8, struct moved_item);
        for (size_t i = 0; i < to->n; i++)
            more[i] = to->v[i];
        to->v = more;
    }
    to->v[to->n++] = item;
}

/* Texts of an array in the agents' live configs. */
static struct collected configured(struct request *rq, const struct move *move, struct text path)
{
    struct collected texts = { .n = 0 };
    for (size_t i = 0; i < move->agent_count; i++) {
        QUERY q = query_with(rq->db, SQL_MOVE_CONFIGURED, WITH(move->agents[i].id, path));
        while (query_row(&q))
            collect_item(rq, &texts, (struct moved_item){ .name = SET_TEXT(text_copy(rq->arena, col_text(&q, 0))) });
    }
    return texts;
}

static void collect_folder(struct request *rq, struct collected *to, struct v_uuid of)
{
    struct moved_item folder = { .id = { .is = VALUE_ABSENT } };
    if (query_get(rq->db, SQL_MOVE_FOLDERS, WITH(of), &moved_item_spec, rq->arena, &folder))
        collect_item(rq, to, folder);
}

static struct v_rows folders_of(struct request *rq, const struct move *move)
{
    struct collected folders = { .n = 0 };
    for (size_t i = 0; i < move->agent_count; i++)
        collect_folder(rq, &folders, move->agents[i].id);
    for (size_t i = 0; i < move->queue_count; i++)
        collect_folder(rq, &folders, move->queues[i].id);
    return SET_ROWS(folders.n, folders.v);
}

static void tell_config(struct request *rq, const struct move *move, struct moved *ret)
{
    const struct collected skills = configured(rq, move, T("$.data.skills"));
    const struct collected files = configured(rq, move, T("$.data.files"));
    struct skill *skill_rows = ARENA_ARRAY(rq->arena, skills.n, struct skill);
    struct copied_file *file_rows = ARENA_ARRAY(rq->arena, files.n, struct copied_file);
    for (size_t i = 0; i < skills.n; i++)
        skill_rows[i] = (struct skill){ skills.v[i].name, skills.v[i].name };
    for (size_t i = 0; i < files.n; i++)
        file_rows[i] = (struct copied_file){ files.v[i].name };
    ret->skills_to_clone = SET_ROWS(skills.n, skill_rows);
    ret->files_to_copy = SET_ROWS(files.n, file_rows);
    ret->warnings.files_copied_count = SET_INT((int64_t)files.n);
}

/* All but what becomes of connections, before anything has moved. */
static void tell_move(struct request *rq, const struct move *move, struct moved *ret)
{
    const struct agent_path *path = rq->path;
    const struct move_body *in = rq->input;
    ret->source_team_id = SET_UUID(move->from.id);
    ret->target_team_id = SET_UUID(move->to.id);
    ret->root_agent_id = path->agent_id;
    ret->agents = SET_ROWS(move->agent_count, move->agents);
    ret->queues = SET_ROWS(move->queue_count, move->queues);
    ret->total_case_items = ret->total_runs = SET_INT(0);
    for (size_t i = 0; i < move->queue_count; i++)
        ret->total_case_items.v += move->queues[i].item_count.v;
    for (size_t i = 0; i < move->agent_count; i++)
        ret->total_runs.v += query_number(rq->db, SQL_MOVE_RUN_COUNT, WITH(move->agents[i].id));
    ret->warnings.is = ret->options.is = VALUE_SET;
    ret->warnings.dropped_folders = folders_of(rq, move);
    ret->warnings.dropped_memory_count = SET_INT(0);
    ret->warnings.files_skipped_conflict.is = VALUE_SET;
    ret->options.move_learnings = in->move_learnings;
    tell_config(rq, move, ret);
}

enum err agents_move_to_team(struct request *rq, struct reply *rp)
{
    const struct move_query *in = rq->query;
    const bool apply = !(in->dry_run.is == VALUE_SET && in->dry_run.v == YES);
    struct move *move = REQUEST_NEW(rq, struct move);
    struct moved *out = REQUEST_NEW(rq, struct moved);
    const enum err err = plan_move(rq, move);
    if (err != OK)
        return err;
    tell_move(rq, move, out);
    move_uses(rq, move, apply, &out->warnings.outcome);
    if (apply)
        move_apply_rows(rq, move);
    out->applied = SET_BOOL(apply);
    rp->object = out;
    return OK;
}
