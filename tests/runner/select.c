#include "select.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const folders[] = { "tests/api", "tests/cli" };
enum { FOLDERS = sizeof folders / sizeof *folders };

static bool is_data_file(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot != NULL && (strcmp(dot, ".http") == 0 || strcmp(dot, ".cli") == 0);
}

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool is_file(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

static void folder_walk(const char *path, struct strings *out)
{
    DIR *dir = opendir(path);
    if (dir == NULL)
        return;
    for (struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        if (entry->d_name[0] == '.')
            continue;
        char *child = keep_f("%s/%s", path, entry->d_name);
        if (is_folder(child))
            folder_walk(child, out);
        else if (is_data_file(child))
            strings_add(out, child);
    }
    closedir(dir);
}

static char *without_slash(const char *path)
{
    char *copy = keep_str(path);
    for (size_t len = strlen(copy); len > 1 && copy[len - 1] == '/'; len--)
        copy[len - 1] = '\0';
    return str_starts(copy, "./") ? copy + 2 : copy;
}

static size_t matching_add(const struct strings *all, const char *part, struct strings *out)
{
    size_t before = out->count;
    for (size_t i = 0; i < all->count; i++)
        if (strstr(all->at[i], part) != NULL)
            strings_add(out, all->at[i]);
    return out->count - before;
}

/* Folders that hold every data file there is. A name never asks for everything, whatever it matches. */
static bool is_whole(const struct strings *all, const struct strings *chosen, char *const *arguments,
                     size_t count)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        if (!is_folder(arguments[i]))
            return false;
    for (size_t i = 0; i < all->count; i++)
        for (size_t k = 0; k < chosen->count && found == i; k++)
            found += strcmp(all->at[i], chosen->at[k]) == 0;
    return all->count > 0 && found == all->count;
}

static size_t argument_add(const struct strings *all, char *argument, struct strings *out)
{
    char *path = without_slash(argument);
    size_t before = out->count;
    if (is_folder(path))
        folder_walk(path, out);
    else if (is_file(path))
        strings_add(out, path);
    /* Folders without data files, such as fixtures/, are no more than a name. */
    return out->count > before ? out->count - before : matching_add(all, argument, out);
}

static int names_compare(const void *a, const void *b)
{
    char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

static void sort_once(struct strings *list)
{
    size_t kept = 0;
    if (list->count == 0)
        return;
    qsort(list->at, list->count, sizeof *list->at, names_compare);
    for (size_t i = 1; i < list->count; i++)
        if (strcmp(list->at[kept], list->at[i]) != 0)
            list->at[++kept] = list->at[i];
    list->count = kept + 1;
    list->at[list->count] = NULL;
}

struct selection files_select(char *const *arguments, size_t count)
{
    struct selection s = { 0 };
    struct strings all = { 0 };
    for (size_t i = 0; i < FOLDERS; i++)
        folder_walk(folders[i], &all);
    sort_once(&all);
    if (count == 0)
        s.files = all;
    for (size_t i = 0; i < count; i++)
        if (argument_add(&all, arguments[i], &s.files) == 0)
            strings_add(&s.unknown, arguments[i]);
    sort_once(&s.files);
    s.whole = is_whole(&all, &s.files, arguments, count);
    return s;
}
