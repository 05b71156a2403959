#include "net/curl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME "libcurl.so.4"
enum { OLDEST = 0x075500 }; /* 7.85.0, the first with CURLOPT_PROTOCOLS_STR */

struct curl_functions libcurl;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool loaded; /* written once, before anybody reads it */
static char why[200];

#ifdef DUVO_STATIC

static void load_library(void)
{
#define F(name) libcurl.name = curl_##name;
    CURL_FUNCTIONS(F)
#undef F
    loaded = libcurl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    snprintf(why, sizeof why, "libcurl cannot be used");
}

bool curl_is_likely(void)
{
    return true;
}

#else

/* POSIX has functions and objects of one size; C does not say so. */
static bool find_symbol(void *library, const char *name, void *ret_function)
{
    void *symbol = dlsym(library, name);
    memcpy(ret_function, &symbol, sizeof symbol);
    return symbol != NULL;
}

static void load_library(void)
{
    void *library = dlopen(NAME, RTLD_NOW | RTLD_LOCAL);
    bool all = library != NULL;
    snprintf(why, sizeof why, "%s", library ? NAME " is older than 7.85, or cannot be used" : dlerror());
#define F(name) all = all && find_symbol(library, "curl_" #name, &libcurl.name);
    CURL_FUNCTIONS(F)
#undef F
    all = all && libcurl.version_info(CURLVERSION_NOW)->version_num >= OLDEST;
    loaded = all && libcurl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

/* The file that the loader would find in its folders, but for those that its cache alone names; NULL: none. */
static FILE *find_file(const Dl_serinfo *folders)
{
    FILE *file = NULL;
    for (unsigned i = 0; i < folders->dls_cnt && !file; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/" NAME, folders->dls_serpath[i].dls_name);
        file = fopen(path, "re");
    }
    return file;
}

static bool is_library(const Dl_serinfo *folders)
{
    char magic[4] = "";
    FILE *file = find_file(folders);
    const bool elf = file && fread(magic, 1, sizeof magic, file) == sizeof magic && memcmp(magic, "\177ELF", 4) == 0;
    if (file)
        fclose(file);
    return elf;
}

bool curl_is_likely(void)
{
    Dl_serinfo size;
    void *self = dlopen(NULL, RTLD_LAZY);
    if (!self || dlinfo(self, RTLD_DI_SERINFOSIZE, &size) != 0)
        return curl_load();
    Dl_serinfo *folders = calloc(1, size.dls_size);
    const bool found = folders && dlinfo(self, RTLD_DI_SERINFOSIZE, folders) == 0 &&
                       dlinfo(self, RTLD_DI_SERINFO, folders) == 0 && is_library(folders);
    free(folders);
    return found || curl_load();
}

#endif

bool curl_load(void)
{
    pthread_once(&once, load_library);
    return loaded;
}

const char *curl_why(void)
{
    return why;
}
