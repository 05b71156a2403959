#include "net/curl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

struct curl_functions libcurl;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool loaded; /* written once, before anybody reads it */

/* POSIX has functions and objects of one size; C does not say so. */
static bool find_symbol(void *library, const char *name, void *ret_function)
{
    void *symbol = dlsym(library, name);
    memcpy(ret_function, &symbol, sizeof symbol);
    return symbol != NULL;
}

static void load_library(void)
{
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    bool all = library != NULL;
#define F(name) all = all && find_symbol(library, "curl_" #name, &libcurl.name);
    CURL_FUNCTIONS(F)
#undef F
    loaded = all && libcurl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

bool curl_load(void)
{
    pthread_once(&once, load_library);
    return loaded;
}
