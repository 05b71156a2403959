#include "space/space.h"

#include "base/clock.h"
#include "base/memory.h"
#include "space/faults.h"
#include "space/inbox.h"
#include "space/journal.h"
#include "base/limit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* `settings` comes first: the one is found from the other. */
struct version {
    struct settings settings;
    uint64_t number;
    char apart[CACHE_LINE];
    atomic_uint holders;
};

struct space {
    int64_t id;
    atomic_bool gone;
    size_t name_size;
    char name[LIMIT_SPACE_NAME + 1];
    const struct config *config; /* of the command line */
    bool implicit; /* set before anybody else sees it */
    atomic_int_fast64_t ttl_us, used_us; /* by the steady clock */
    struct journal *journal;
    struct faults *faults;
    struct inboxes *inboxes;
    char apart[CACHE_LINE];
    atomic_uint holders;
    pthread_mutex_t lock;        /* for what follows */
    enum clock_mode mode;
    int64_t offset_ms;           /* to the machine's clock; or, frozen, the time */
    struct stretch stretch;
    struct version *version;
};

/* What the space's clock shows when the machine's shows `real`: whoever needs both looks at the machine's once, or a
 * millisecond that passes between two looks is in the difference. With the lock held, or before anybody else sees the
 * space. */
static int64_t shown_at(const struct space *space, int64_t real)
{
    return space->mode == CLOCK_FROZEN ? space->offset_ms : real + space->offset_ms;
}

static void begin_stretch(struct space *space, int64_t real)
{
    space->stretch = (struct stretch){ .mark = clock_ticket(), .from = shown_at(space, real) };
}

static struct version *new_version(const struct settings *settings)
{
    static atomic_uint_fast64_t numbers;
    struct version *version = memory_kept(sizeof *version);
    version->settings = *settings;
    version->number = atomic_fetch_add(&numbers, 1) + 1;
    version->holders = 1;
    return version;
}

struct space *space_new(int64_t id, struct text name, const struct config *config)
{
    struct space *space = memory_kept(sizeof *space);
    space->id = id;
    space->holders = 1;
    space->name_size = name.n;
    memcpy(space->name, name.p, name.n);
    space->config = config;
    space->version = new_version(&(struct settings){ .config = *config });
    space->faults = faults_new();
    space->inboxes = inboxes_new();
    space->journal = journal_new((size_t)config->journal_bytes);
    begin_stretch(space, clock_real_ms());
    pthread_mutex_init(&space->lock, NULL);
    return space;
}

struct space *space_hold(struct space *space)
{
    atomic_fetch_add(&space->holders, 1);
    return space;
}

void space_release(struct space *space)
{
    if (!space || atomic_fetch_sub(&space->holders, 1) != 1)
        return;
    settings_release(&space->version->settings);
    journal_free(space->journal);
    faults_free(space->faults);
    inboxes_free(space->inboxes);
    pthread_mutex_destroy(&space->lock);
    free(space);
}

int64_t space_id(const struct space *space)
{
    return space->id;
}

struct text space_name(const struct space *space)
{
    return (struct text){ space->name, space->name_size };
}

bool space_is_default(const struct space *space)
{
    return space->id == SPACE_DEFAULT;
}

struct journal *space_journal(const struct space *space)
{
    return space->journal;
}

struct faults *space_faults(const struct space *space)
{
    return space->faults;
}

struct inboxes *space_inboxes(const struct space *space)
{
    return space->inboxes;
}

void space_set_implicit(struct space *space)
{
    space->implicit = true;
}

bool space_is_implicit(const struct space *space)
{
    return space->implicit;
}

void space_set_ttl(struct space *space, int64_t ttl_ms)
{
    space->ttl_us = ttl_ms * 1000;
    space_touch(space);
}

int64_t space_ttl(const struct space *space)
{
    return space->ttl_us / 1000;
}

void space_touch(struct space *space)
{
    if (space->ttl_us)
        space->used_us = clock_steady_us();
}

int64_t space_idle_at(const struct space *space)
{
    const int64_t ttl_us = space->ttl_us;
    return ttl_us ? space->used_us + ttl_us : INT64_MAX;
}

bool space_is_idle(const struct space *space)
{
    const int64_t idle_us = space_idle_at(space);
    return idle_us < INT64_MAX && clock_steady_us() >= idle_us;
}

void space_set_gone(struct space *space)
{
    space->gone = true;
}

bool space_is_gone(const struct space *space)
{
    return space->gone;
}

/* ---- the clock ------------------------------------------------------------------------------------------- */

int64_t space_now(struct space *space)
{
    return space_clock(space).now;
}

/* With the lock held. */
static const struct settings *hold_settings(struct space *space)
{
    struct version *version = space->version;
    atomic_fetch_add(&version->holders, 1);
    return &version->settings;
}

const struct settings *space_look(struct space *space, int64_t *ret_now)
{
    pthread_mutex_lock(&space->lock);
    const struct settings *settings = hold_settings(space);
    *ret_now = shown_at(space, clock_real_ms());
    pthread_mutex_unlock(&space->lock);
    return settings;
}

struct clock_state space_clock(struct space *space)
{
    pthread_mutex_lock(&space->lock);
    const int64_t real = clock_real_ms(), now = shown_at(space, real);
    const struct clock_state state = { space->mode, now, now - real };
    pthread_mutex_unlock(&space->lock);
    return state;
}

/* What a change has before it, under one hold of the lock: no other change comes between the look and the change. */
static struct clock_state begin_change(struct space *space, int64_t *ret_real)
{
    pthread_mutex_lock(&space->lock);
    *ret_real = clock_real_ms();
    const int64_t now = shown_at(space, *ret_real);
    return (struct clock_state){ space->mode, now, now - *ret_real };
}

/* The clock shows `now` when the machine's shows `real`. */
static void end_change(struct space *space, enum clock_mode mode, int64_t now, int64_t real)
{
    enum { A_REQUEST_MS = 1000 }; /* the clock may have run that far since the request looked: it is not put back */
    const bool back = now + A_REQUEST_MS < shown_at(space, real);
    space->mode = mode;
    space->offset_ms = mode == CLOCK_FROZEN ? now : now - real;
    if (back)
        begin_stretch(space, real);
    pthread_mutex_unlock(&space->lock);
}

void space_clock_freeze(struct space *space)
{
    int64_t real;
    const struct clock_state was = begin_change(space, &real);
    end_change(space, CLOCK_FROZEN, was.now, real);
}

void space_clock_freeze_at(struct space *space, int64_t at)
{
    int64_t real;
    begin_change(space, &real);
    end_change(space, CLOCK_FROZEN, at, real);
}

void space_clock_set(struct space *space, int64_t now)
{
    int64_t real;
    const struct clock_state was = begin_change(space, &real);
    end_change(space, was.mode, now, real);
}

bool space_clock_advance(struct space *space, int64_t by_ms, int64_t last)
{
    int64_t real;
    const struct clock_state was = begin_change(space, &real);
    const bool fits = by_ms <= last - was.now;
    end_change(space, was.mode, fits ? was.now + by_ms : was.now, real);
    return fits;
}

void space_clock_resume(struct space *space)
{
    int64_t real;
    const struct clock_state was = begin_change(space, &real);
    end_change(space, CLOCK_RUNNING, was.now, real);
}

void space_clock_reset(struct space *space)
{
    int64_t real;
    begin_change(space, &real);
    end_change(space, CLOCK_RUNNING, real, real);
}

struct stretch space_stretch(struct space *space)
{
    pthread_mutex_lock(&space->lock);
    struct stretch stretch = space->stretch;
    stretch.now = shown_at(space, clock_real_ms());
    pthread_mutex_unlock(&space->lock);
    return stretch;
}

/* ---- settings -------------------------------------------------------------------------------------------- */

const struct settings *space_settings(struct space *space)
{
    pthread_mutex_lock(&space->lock);
    const struct settings *settings = hold_settings(space);
    pthread_mutex_unlock(&space->lock);
    return settings;
}

/* The version that has them; NULL of NULL. */
static struct version *version_of(const struct settings *settings)
{
    const union {
        const struct settings *from;
        struct version *to;
    } whole = { .from = settings };
    return whole.to;
}

uint64_t settings_number(const struct settings *settings)
{
    return settings ? version_of(settings)->number : 0;
}

void settings_release(const struct settings *settings)
{
    struct version *version = version_of(settings);
    if (version && atomic_fetch_sub(&version->holders, 1) == 1)
        free(version);
}

/* With the lock held. */
static void replace(struct space *space, const struct settings *settings)
{
    struct version *old = space->version;
    const bool off = old->settings.config.schedules == SCHEDULES_OFF;
    space->version = new_version(settings);
    if (off && settings->config.schedules == SCHEDULES_RUN)
        begin_stretch(space, clock_real_ms());
    settings_release(&old->settings);
}

void space_change_settings(struct space *space, void (*change)(struct settings *settings, const void *cls),
                           const void *cls)
{
    pthread_mutex_lock(&space->lock);
    struct settings next = space->version->settings;
    change(&next, cls);
    replace(space, &next);
    pthread_mutex_unlock(&space->lock);
}

void space_reset_settings(struct space *space)
{
    pthread_mutex_lock(&space->lock);
    replace(space, &(struct settings){ .config = *space->config });
    pthread_mutex_unlock(&space->lock);
}
