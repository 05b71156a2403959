#include "text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *memory_resize(void *old, size_t size)
{
    void *p = realloc(old, size);
    if (p == NULL) {
        fputs("run: out of memory\n", stderr);
        exit(1);
    }
    return p;
}

static void text_reserve(struct text *t, size_t more)
{
    if (more > SIZE_MAX / 4 - t->len)
        abort();
    size_t need = t->len + more + 1;
    if (need <= t->cap)
        return;
    size_t cap = t->cap == 0 ? 64 : t->cap;
    while (cap < need)
        cap *= 2;
    t->data = memory_resize(t->data, cap);
    t->cap = cap;
}

void text_add(struct text *t, const void *bytes, size_t len)
{
    text_reserve(t, len);
    if (len > 0)
        memcpy(t->data + t->len, bytes, len);
    t->len += len;
    t->data[t->len] = '\0';
}

void text_add_char(struct text *t, char c)
{
    text_add(t, &c, 1);
}

void text_add_str(struct text *t, const char *s)
{
    text_add(t, s, strlen(s));
}

__attribute__((format(printf, 2, 0))) static void text_addv(struct text *t, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    if (len < 0)
        abort();
    text_reserve(t, (size_t)len);
    vsnprintf(t->data + t->len, (size_t)len + 1, format, again);
    va_end(again);
    t->len += (size_t)len;
}

void text_addf(struct text *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    text_addv(t, format, args);
    va_end(args);
}

const char *text_str(const struct text *t)
{
    return t->data == NULL ? "" : t->data;
}

void text_reset(struct text *t)
{
    text_cut(t, 0);
}

void text_cut(struct text *t, size_t len)
{
    if (len > t->len || t->data == NULL)
        return;
    t->len = len;
    t->data[len] = '\0';
}

void text_drop_front(struct text *t, size_t len)
{
    if (len == 0 || len > t->len)
        return;
    memmove(t->data, t->data + len, t->len - len + 1);
    t->len -= len;
}

void text_free(struct text *t)
{
    free(t->data);
    *t = (struct text){ 0 };
}

struct kept {
    struct kept *next;
    max_align_t bytes[];
};

/* The list exists so that leak checkers see kept memory as reachable. */
static struct kept *kept_first;

void *keep_alloc(size_t size)
{
    struct kept *k = memory_resize(NULL, sizeof *k + size);
    memset(k->bytes, 0, size);
    k->next = kept_first;
    kept_first = k;
    return k->bytes;
}

char *keep_copy(const char *bytes, size_t len)
{
    char *copy = keep_alloc(len + 1);
    memcpy(copy, bytes, len);
    return copy;
}

char *keep_str(const char *s)
{
    return keep_copy(s, strlen(s));
}

char *keep_f(const char *format, ...)
{
    struct text t = { 0 };
    va_list args;
    va_start(args, format);
    text_addv(&t, format, args);
    va_end(args);
    char *copy = keep_copy(text_str(&t), t.len);
    text_free(&t);
    return copy;
}

void strings_add(struct strings *list, char *word)
{
    if (list->count + 2 > list->cap) {
        size_t cap = list->cap == 0 ? 8 : list->cap * 2;
        char **at = keep_alloc(cap * sizeof *at);
        if (list->count > 0)
            memcpy(at, list->at, list->count * sizeof *at);
        list->at = at;
        list->cap = cap;
    }
    list->at[list->count++] = word;
    list->at[list->count] = NULL;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

bool strings_split(struct strings *list, const char *s)
{
    struct text word = { 0 };
    char quote = '\0';
    bool open = false;
    for (; *s != '\0'; s++) {
        if (quote != '\0' ? *s == quote : *s == '\'' || *s == '"') {
            quote = quote != '\0' ? '\0' : *s;
            open = true;
        } else if (quote == '\0' && is_blank(*s)) {
            if (open)
                strings_add(list, keep_copy(text_str(&word), word.len));
            text_reset(&word);
            open = false;
        } else {
            text_add_char(&word, *s);
            open = true;
        }
    }
    if (open)
        strings_add(list, keep_copy(text_str(&word), word.len));
    text_free(&word);
    return quote == '\0';
}

bool number_parse(const char *s, long long min, long long max, long long *ret_number)
{
    const char *digits = *s == '-' ? s + 1 : s;
    if (*digits == '\0' || strspn(digits, "0123456789") != strlen(digits))
        return false;
    errno = 0;
    long long n = strtoll(s, NULL, 10);
    if (errno != 0 || n < min || n > max)
        return false;
    *ret_number = n;
    return true;
}

static size_t lines_count(const char *bytes, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++)
        n += bytes[i] == '\n';
    return n + (len > 0 && bytes[len - 1] != '\n');
}

struct lines lines_split(const char *bytes, size_t len)
{
    struct lines lines = { .count = lines_count(bytes, len) };
    lines.at = keep_alloc((lines.count + 1) * sizeof *lines.at);
    const char *end = bytes + len;
    for (size_t i = 0; i < lines.count; i++) {
        const char *stop = memchr(bytes, '\n', (size_t)(end - bytes));
        if (stop == NULL)
            stop = end;
        lines.at[i].len = (size_t)(stop - bytes);
        lines.at[i].s = keep_copy(bytes, lines.at[i].len);
        bytes = stop == end ? end : stop + 1;
    }
    return lines;
}

bool file_read(const char *path, struct text *t)
{
    FILE *f = fopen(path, "re");
    if (f == NULL)
        return false;
    char block[16384];
    size_t n;
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        text_add(t, block, n);
    bool ok = ferror(f) == 0;
    fclose(f);
    return ok;
}

bool file_write(const char *path, const char *bytes, size_t len)
{
    FILE *f = fopen(path, "we");
    if (f == NULL)
        return false;
    bool ok = fwrite(bytes, 1, len, f) == len;
    return fclose(f) == 0 && ok;
}

bool str_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

char *str_after(char *s, const char *prefix)
{
    size_t len = strlen(prefix);
    if (!str_starts(s, prefix) || (s[len] != '\0' && !is_blank(s[len])))
        return NULL;
    for (s += len; is_blank(*s); s++)
        ;
    return s;
}

char *str_trim(char *s)
{
    while (is_blank(*s))
        s++;
    size_t len = strlen(s);
    while (len > 0 && is_blank(s[len - 1]))
        len--;
    s[len] = '\0';
    return s;
}
