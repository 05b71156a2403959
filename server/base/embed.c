#include "base/embed.h"

struct text embedded_file(const char *path)
{
    for (size_t i = 0; i < embedded_count; i++) {
        const struct embedded *file = &embedded_files[i];
        if (strcmp(file->path, path) == 0)
            return (struct text){ (const char *)file->start, (size_t)(file->end - file->start) };
    }
    return (struct text){ NULL, 0 };
}
