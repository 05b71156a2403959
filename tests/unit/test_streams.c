/* Streams: order, who may write, limits, the end, and readers that come and go among writers. */
#include "net/streams.h"

#include "base/clock.h"
#include "base/random.h"
#include "base/limit.h"
#include "rig.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct timers *timers;
static struct streams *streams;
static atomic_int suspended, woken;

static void suspend(void *cls)
{
    (void)cls;
    atomic_fetch_add(&suspended, 1);
}

static void wake(void *cls)
{
    (void)cls;
    atomic_fetch_add(&woken, 1);
}

static int setup(void **state)
{
    (void)state;
    assert_true(secret_start());
    atomic_store(&suspended, 0);
    atomic_store(&woken, 0);
    timers = timers_start();
    streams = streams_start(timers);
    return 0;
}

/* As the server ends: streams, then timers, which hold streams, too. */
static int teardown(void **state)
{
    (void)state;
    streams_drain(streams);
    timers_drain(timers);
    streams_free(streams);
    timers_free(timers);
    arena_trim();
    return 0;
}

static void assert_reads(struct stream *stream, size_t max, const char *wanted)
{
    char bytes[1000];
    const ssize_t n = stream_read(stream, bytes, max, suspend, wake, NULL);
    assert_int_equal(n, (ssize_t)strlen(wanted));
    assert_memory_equal(bytes, wanted, strlen(wanted));
}

static void assert_ended(struct stream *stream)
{
    char bytes[10];
    assert_int_equal(stream_read(stream, bytes, sizeof bytes, suspend, wake, NULL), -1);
}

static bool write_to(const struct stream *stream, int64_t space, const char *bytes)
{
    const struct uuid id = stream_id(stream);
    return stream_write(streams, space, &id, text_of(bytes));
}

/* ---- one thread ------------------------------------------------------------------------------------------ */

static void test_order(void **state)
{
    (void)state;
    struct stream *stream = stream_open(streams, 1);
    assert_true(write_to(stream, 1, "one "));
    assert_true(write_to(stream, 1, ""));
    assert_true(write_to(stream, 1, "two "));
    assert_reads(stream, 2, "on");
    assert_true(write_to(stream, 1, "three"));
    assert_reads(stream, 1000, "e two three");
    assert_int_equal(atomic_load(&suspended), 0);
    stream_release(stream);
}

static void test_waiting(void **state)
{
    (void)state;
    struct stream *stream = stream_open(streams, 1);
    assert_reads(stream, 1000, "");
    assert_int_equal(atomic_load(&suspended), 1);
    assert_int_equal(atomic_load(&woken), 0);
    assert_true(write_to(stream, 1, "one "));
    assert_int_equal(atomic_load(&woken), 1);
    assert_true(write_to(stream, 1, "two"));
    assert_int_equal(atomic_load(&woken), 1); /* once */
    assert_reads(stream, 1000, "one two");
    assert_int_equal(atomic_load(&suspended), 1);
    assert_reads(stream, 1000, "");
    assert_int_equal(atomic_load(&suspended), 2);
    stream_release(stream);
    assert_int_equal(atomic_load(&woken), 1); /* whoever left is not woken */
}

static bool is_set(void *cls)
{
    const bool *over = cls;
    return *over;
}

static void test_what_is_over(void **state)
{
    (void)state;
    bool over = false;
    struct stream *written = stream_open(streams, 1);
    struct stream *stream = stream_open_from(streams, 1, (struct stream_source){ .is_over = is_set, .cls = &over });
    assert_reads(stream, 1000, "");
    streams_end_over(streams);
    assert_int_equal(atomic_load(&woken), 0);
    assert_true(write_to(stream, 1, "last"));
    assert_int_equal(atomic_load(&woken), 1);
    over = true;
    streams_end_over(streams);
    assert_false(write_to(stream, 1, "late"));
    assert_true(write_to(written, 1, "more"));
    assert_reads(stream, 1000, "last");
    assert_ended(stream);
    assert_reads(written, 1000, "more");
    stream_release(stream);
    stream_release(written);
    streams_end_over(NULL);
}

static void test_who_may_write(void **state)
{
    (void)state;
    struct stream *a = stream_open(streams, 1), *b = stream_open(streams, 2);
    const struct uuid unknown = random_uuid(), id = stream_id(a), other = stream_id(b);
    assert_false(uuid_eq(&id, &other));
    assert_false(write_to(a, 2, "x"));
    assert_false(write_to(b, 1, "x"));
    assert_false(stream_write(streams, 1, &unknown, T("x")));
    assert_true(write_to(a, 1, "for a"));
    assert_true(write_to(b, 2, "for b"));
    assert_reads(a, 1000, "for a");
    assert_reads(b, 1000, "for b");
    stream_release(a);
    assert_false(stream_write(streams, 1, &id, T("x")));
    assert_true(stream_write(streams, 2, &other, T("x")));
    stream_release(b);
}

static void test_bytes_at_limit(void **state)
{
    (void)state;
    struct stream *stream = stream_open(streams, 1);
    const struct uuid id = stream_id(stream);
    char *bytes = malloc(LIMIT_STREAM_BYTES);
    assert_non_null(bytes);
    memset(bytes, 'x', LIMIT_STREAM_BYTES);
    assert_true(stream_write(streams, 1, &id, (struct text){ bytes, LIMIT_STREAM_BYTES }));
    assert_reads(stream, 1, "x"); /* there is room for one more */
    assert_true(stream_write(streams, 1, &id, T("y")));
    assert_int_equal(stream_read(stream, bytes, LIMIT_STREAM_BYTES, suspend, wake, NULL), LIMIT_STREAM_BYTES);
    assert_int_equal(bytes[LIMIT_STREAM_BYTES - 1], 'y');
    assert_reads(stream, 1, "");
    stream_release(stream);
    free(bytes);
}

/* A reader that does not read gets what it has, and then the end. */
static void test_bytes_past_limit(void **state)
{
    (void)state;
    struct stream *stream = stream_open(streams, 1);
    const struct uuid id = stream_id(stream);
    char *bytes = malloc(LIMIT_STREAM_BYTES);
    assert_non_null(bytes);
    memset(bytes, 'x', LIMIT_STREAM_BYTES);
    assert_true(stream_write(streams, 1, &id, (struct text){ bytes, LIMIT_STREAM_BYTES }));
    stream_write(streams, 1, &id, T("y"));
    assert_false(stream_write(streams, 1, &id, T("z")));
    assert_int_equal(stream_read(stream, bytes, LIMIT_STREAM_BYTES, suspend, wake, NULL), LIMIT_STREAM_BYTES);
    assert_int_equal(bytes[LIMIT_STREAM_BYTES - 1], 'x');
    assert_ended(stream);
    assert_ended(stream);
    assert_int_equal(atomic_load(&suspended), 0);
    stream_release(stream);
    free(bytes);
}

/* One piece that is too large ends the stream, and whoever waits for it is told. */
static void test_large_piece(void **state)
{
    (void)state;
    struct stream *stream = stream_open(streams, 1);
    const struct uuid id = stream_id(stream);
    char *bytes = malloc(LIMIT_STREAM_BYTES + 1);
    assert_non_null(bytes);
    memset(bytes, 'x', LIMIT_STREAM_BYTES + 1);
    assert_reads(stream, 1, "");
    stream_write(streams, 1, &id, (struct text){ bytes, LIMIT_STREAM_BYTES + 1 });
    assert_int_equal(atomic_load(&woken), 1);
    assert_ended(stream);
    stream_release(stream);
    free(bytes);
}

static void test_count(void **state)
{
    (void)state;
    struct stream *all[LIMIT_STREAMS];
    for (size_t i = 0; i < LIMIT_STREAMS; i++) {
        all[i] = stream_open(streams, 1);
        assert_non_null(all[i]);
    }
    assert_null(stream_open(streams, 1));
    assert_null(stream_open(streams, 2));
    assert_true(write_to(all[LIMIT_STREAMS - 1], 1, "works"));
    assert_reads(all[LIMIT_STREAMS - 1], 1000, "works");
    stream_release(all[100]);
    all[100] = stream_open(streams, 1);
    assert_non_null(all[100]);
    for (size_t i = 0; i < LIMIT_STREAMS; i++)
        stream_release(all[i]);
}

/* Who waits and has hung up makes room for another one, once; who still reads does not. */
static void test_left(void **state)
{
    (void)state;
    struct stream *all[LIMIT_STREAMS];
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    for (size_t i = 0; i < LIMIT_STREAMS; i++) {
        all[i] = stream_open(streams, 1);
        stream_set_socket(all[i], i == 100 ? ends[0] : -1);
        assert_reads(all[i], 1000, "");
    }
    const struct uuid id = stream_id(all[100]);
    assert_null(stream_open(streams, 1));
    assert_false(stream_end_left(streams, &id));
    close(ends[1]);
    struct stream *fresh = stream_open(streams, 1);
    assert_non_null(fresh);
    assert_int_equal(atomic_load(&woken), 1);
    assert_false(stream_end_left(streams, &id));
    assert_null(stream_open(streams, 1));
    assert_ended(all[100]);
    stream_release(all[100]);
    assert_null(stream_open(streams, 1));
    stream_release(fresh);
    all[100] = stream_open(streams, 1);
    assert_non_null(all[100]);
    close(ends[0]);
    for (size_t i = 0; i < LIMIT_STREAMS; i++)
        stream_release(all[i]);
}

static void test_end_left(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    struct stream *stream = stream_open(streams, 1);
    const struct uuid id = stream_id(stream), other = random_uuid();
    stream_set_socket(stream, ends[0]);
    close(ends[1]);
    assert_false(stream_end_left(streams, &id)); /* it does not wait: its reader sees for itself */
    assert_reads(stream, 1000, "");
    assert_false(stream_end_left(streams, &other));
    assert_true(stream_end_left(streams, &id));
    assert_int_equal(atomic_load(&woken), 1);
    assert_ended(stream);
    stream_release(stream);
    close(ends[0]);
}

/* ---- the end --------------------------------------------------------------------------------------------- */

static void test_drain(void **state)
{
    (void)state;
    struct stream *waiting = stream_open(streams, 1), *full = stream_open(streams, 1);
    assert_reads(waiting, 1000, "");
    assert_true(write_to(full, 1, "last words"));
    streams_drain(streams);
    assert_int_equal(atomic_load(&woken), 1);
    assert_ended(waiting);
    assert_reads(full, 1000, "last words");
    assert_ended(full);
    assert_false(write_to(full, 1, "x"));
    stream_release(waiting);
    stream_release(full);
}

static void test_open_after_drain(void **state)
{
    (void)state;
    streams_drain(streams);
    struct stream *stream = stream_open(streams, 1);
    assert_non_null(stream);
    assert_false(write_to(stream, 1, "x"));
    assert_ended(stream);
    assert_int_equal(atomic_load(&suspended), 0);
    stream_release(stream);
}

static void test_nothing(void **state)
{
    (void)state;
    streams_free(NULL);
}

/* ---- threads --------------------------------------------------------------------------------------------- */

enum { READERS = 4, LINES = 2000, LINE = 8 };

/* A reader that sleeps on its own condition while it is suspended. */
struct reader {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool asleep;
    struct stream *stream;
    _Atomic bool ready;
    int lines;
};

static void reader_suspend(void *cls)
{
    struct reader *reader = cls;
    pthread_mutex_lock(&reader->lock);
    reader->asleep = true;
    pthread_mutex_unlock(&reader->lock);
}

static void reader_wake(void *cls)
{
    struct reader *reader = cls;
    pthread_mutex_lock(&reader->lock);
    reader->asleep = false;
    pthread_cond_signal(&reader->changed);
    pthread_mutex_unlock(&reader->lock);
}

static void reader_sleep(struct reader *reader)
{
    pthread_mutex_lock(&reader->lock);
    while (reader->asleep)
        pthread_cond_wait(&reader->changed, &reader->lock);
    pthread_mutex_unlock(&reader->lock);
}

/* How many lines do not follow on those before. */
static intptr_t take_lines(struct reader *reader, const char *bytes, size_t n, char *line, size_t *have)
{
    intptr_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        line[(*have)++] = bytes[i];
        if (*have < LINE)
            continue;
        line[LINE] = '\0';
        wrong += strtol(line, NULL, 10) != reader->lines;
        reader->lines++;
        *have = 0;
    }
    return wrong;
}

static void *read_all(void *cls)
{
    struct reader *reader = cls;
    char bytes[500], line[LINE + 1];
    size_t have = 0;
    intptr_t wrong = 0;
    reader->stream = stream_open(streams, 1);
    atomic_store(&reader->ready, true);
    ssize_t n;
    while ((n = stream_read(reader->stream, bytes, sizeof bytes, reader_suspend, reader_wake, reader)) >= 0) {
        if (n == 0)
            reader_sleep(reader);
        else
            wrong += take_lines(reader, bytes, (size_t)n, line, &have);
    }
    stream_release(reader->stream);
    return (void *)wrong;
}

static void start_readers(struct reader *readers)
{
    for (size_t i = 0; i < READERS; i++) {
        readers[i] = (struct reader){ .lines = 0 };
        pthread_mutex_init(&readers[i].lock, NULL);
        pthread_cond_init(&readers[i].changed, NULL);
        assert_int_equal(pthread_create(&readers[i].thread, NULL, read_all, &readers[i]), 0);
    }
    for (size_t i = 0; i < READERS; i++)
        while (!atomic_load(&readers[i].ready))
            usleep(100);
}

static intptr_t join_readers(struct reader *readers)
{
    intptr_t wrong = 0;
    for (size_t i = 0; i < READERS; i++) {
        void *result;
        assert_int_equal(pthread_join(readers[i].thread, &result), 0);
        wrong += (intptr_t)result;
        pthread_mutex_destroy(&readers[i].lock);
        pthread_cond_destroy(&readers[i].changed);
    }
    return wrong;
}

/* Everything arrives, in order, up to the end. */
static void test_threads(void **state)
{
    (void)state;
    static struct reader readers[READERS];
    start_readers(readers);
    for (int i = 0; i < LINES; i++)
        for (size_t r = 0; r < READERS; r++) {
            char line[2 * LINE];
            snprintf(line, sizeof line, "%07d\n", i);
            assert_true(write_to(readers[r].stream, 1, line));
        }
    streams_drain(streams);
    assert_int_equal(join_readers(readers), 0);
    for (size_t r = 0; r < READERS; r++)
        assert_int_equal(readers[r].lines, LINES);
}

static void *come_and_go(void *unused)
{
    (void)unused;
    char bytes[100];
    for (int i = 0; i < 300; i++) {
        struct stream *stream = stream_open(streams, 1);
        if (!stream)
            return (void *)1;
        write_to(stream, 1, "x");
        stream_read(stream, bytes, sizeof bytes, suspend, wake, NULL);
        stream_read(stream, bytes, sizeof bytes, suspend, wake, NULL);
        stream_release(stream);
    }
    return NULL;
}

static void test_drain_among_threads(void **state)
{
    (void)state;
    pthread_t threads[READERS];
    for (size_t i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, come_and_go, NULL), 0);
    usleep(2000);
    streams_drain(streams);
    for (size_t i = 0; i < READERS; i++) {
        void *result;
        assert_int_equal(pthread_join(threads[i], &result), 0);
        assert_null(result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_order, setup, teardown),
        cmocka_unit_test_setup_teardown(test_waiting, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_over, setup, teardown),
        cmocka_unit_test_setup_teardown(test_who_may_write, setup, teardown),
        cmocka_unit_test_setup_teardown(test_bytes_at_limit, setup, teardown),
        cmocka_unit_test_setup_teardown(test_bytes_past_limit, setup, teardown),
        cmocka_unit_test_setup_teardown(test_large_piece, setup, teardown),
        cmocka_unit_test_setup_teardown(test_count, setup, teardown),
        cmocka_unit_test_setup_teardown(test_left, setup, teardown),
        cmocka_unit_test_setup_teardown(test_end_left, setup, teardown),
        cmocka_unit_test_setup_teardown(test_drain, setup, teardown),
        cmocka_unit_test_setup_teardown(test_open_after_drain, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_threads, setup, teardown),
        cmocka_unit_test_setup_teardown(test_drain_among_threads, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
