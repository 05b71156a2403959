/* libcurl, loaded when the first call is made; in a static program (DUVO_STATIC) it is a part of it.
 *
 * Linked in the usual way it brings some thirty further libraries, which would cost every start 4 ms and 6 MiB, most of
 * what the whole server takes, for something that many runs never do (`BENCH_ONLY="start memory" make bench`). So it
 * is loaded by name, and its functions are called through this table, under their own names. */
#ifndef DUVO_NET_CURL_H
#define DUVO_NET_CURL_H

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

#include <stdbool.h>

/* Every function that is used. */
#define CURL_FUNCTIONS(F)                                                                                              \
    F(global_init) F(easy_init) F(easy_cleanup) F(easy_setopt) F(easy_getinfo) F(easy_strerror)     \
    F(multi_init) F(multi_cleanup) F(multi_add_handle) F(multi_remove_handle) F(multi_perform) F(multi_info_read)     \
    F(multi_poll) F(multi_wakeup) F(slist_append) F(slist_free_all) F(version_info)

struct curl_functions {
#define F(name) __typeof__(curl_##name) *name;
    CURL_FUNCTIONS(F)
#undef F
};

/* After curl_load. */
extern struct curl_functions libcurl;

/* True when it is there: at the first call loads and initializes it. Safe in every thread. */
bool curl_load(void);
/* After curl_load: one line on why it is not there. */
const char *curl_why(void);
/* Whether it can be expected to be there. Looks for its file, and loads it only where that is not enough to know. */
bool curl_is_likely(void);

#endif
