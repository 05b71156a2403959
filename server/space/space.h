/* Space: one world, the part that lives in memory. Its rows are in the store, under its id.
 *
 * A space has a clock of its own, which runs with the machine's, runs ahead of or behind it, or stands still; and
 * settings of its own, which begin as the command line has them. It is held by its directory (directory.h) and by
 * the requests that work on it, and goes with the last of them. Safe in every thread. */
#ifndef DUVO_SPACE_SPACE_H
#define DUVO_SPACE_SPACE_H

#include "base/text.h"
#include "cli/config.h"

#include <stdbool.h>
#include <stdint.h>

enum { SPACE_TEMPLATE = 0, SPACE_DEFAULT = 1 }; /* ids: what the fixtures say; the space that needs no name */

struct faults;
struct inboxes;
struct journal;
struct settings;
struct space;

/* Held once. `config` is that of the command line. */
struct space *space_new(int64_t id, struct text name, const struct config *config);
struct space *space_hold(struct space *space);
/* NULL is accepted. */
void space_release(struct space *space);

int64_t space_id(const struct space *space);
struct text space_name(const struct space *space);
bool space_is_default(const struct space *space);

/* It is over when nothing has used it for `ttl_ms`; 0 is never. */
void space_set_ttl(struct space *space, int64_t ttl_ms);
int64_t space_ttl(const struct space *space);
void space_touch(struct space *space);
bool space_is_idle(const struct space *space);
/* When it will be if nothing uses it until then, by the steady clock in microseconds; INT64_MAX: never. */
int64_t space_idle_at(const struct space *space);
/* Whether its first use made it; else it was made on purpose. */
void space_set_implicit(struct space *space);
bool space_is_implicit(const struct space *space);
/* Its rows are gone or about to go: requests still at work find nothing. */
void space_set_gone(struct space *space);
bool space_is_gone(const struct space *space);

/* These live as long as it. */
struct journal *space_journal(const struct space *space);
struct faults *space_faults(const struct space *space);
struct inboxes *space_inboxes(const struct space *space);

/* ---- the clock ---- */

enum clock_mode { CLOCK_RUNNING, CLOCK_FROZEN };

struct clock_state {
    enum clock_mode mode;
    int64_t now;       /* milliseconds since 1970 */
    int64_t offset_ms; /* to the machine's clock, now */
};

int64_t space_now(struct space *space);
/* The settings (space_settings) and the time that a request to it works with. */
const struct settings *space_look(struct space *space, int64_t *ret_now);
struct clock_state space_clock(struct space *space);
/* Each change is one step: of those of several threads at once each begins where another has ended, and none is lost.
 * Stands still where it is, or at `at`. */
void space_clock_freeze(struct space *space);
void space_clock_freeze_at(struct space *space, int64_t at);
/* Shows `now` from now on, running or standing as it did. */
void space_clock_set(struct space *space, int64_t now);
/* Shows `by_ms` more, running or standing as it did; false and no change where that is past `last`. */
bool space_clock_advance(struct space *space, int64_t by_ms, int64_t last);
/* Runs on from where it is. */
void space_clock_resume(struct space *space);
/* With the machine's clock again. */
void space_clock_reset(struct space *space);

/* A stretch of the space's time, in which what follows the clock goes on without a break: from when the space came into
 * memory, its clock was put back, or its schedules were switched on. */
struct stretch {
    int64_t mark; /* above 0; that of a later stretch is larger, in later processes, too */
    int64_t from; /* by the space's clock */
    int64_t now;  /* what that shows in it */
};
struct stretch space_stretch(struct space *space);

/* ---- settings ---- */

/* A version of the settings that never changes; the next change makes a new one. */
struct settings {
    struct config config;
    bool has_seed;
    int64_t seed; /* makes ids a function of the seed, the kind and the count */
};

/* Held until settings_release. */
const struct settings *space_settings(struct space *space);
void settings_release(const struct settings *settings);
/* Another one for each version in this process, 0 of NULL: what is kept of a reply or a caller is good under that
 * alone. */
uint64_t settings_number(const struct settings *settings);
/* `change` gets a copy to change; what it leaves is in force afterwards. */
void space_change_settings(struct space *space, void (*change)(struct settings *settings, const void *cls),
                           const void *cls);
void space_reset_settings(struct space *space);

#endif
