#include "contract/words.h"

static const char *const kind_words[KIND_COUNT] = {
    [KIND_TEXT] = "text",         [KIND_URL] = "URL",           [KIND_SECRET] = "secret text",
    [KIND_UUID] = "UUID",         [KIND_TIME] = "time",         [KIND_INT] = "whole number",
    [KIND_BOOL] = "boolean",      [KIND_ENUM] = "one of ",      [KIND_JSON] = "JSON",
    [KIND_TEXTS] = "texts",       [KIND_UUIDS] = "UUIDs",       [KIND_MAP] = "texts by name",
    [KIND_SECRETS] = "secret texts by name", [KIND_OBJECT] = "object", [KIND_ROWS] = "objects",
    [KIND_SETS] = "a fixture document, several, or one of ",
};

void words_of_field(struct buf *b, const struct field *f, const char *mark)
{
    buf_addf(b, "%s%s", kind_words[f->kind], f->names && f->kind == KIND_TEXTS ? ", each one of " : "");
    for (size_t i = 0; f->names && f->names[i]; i++)
        buf_addf(b, "%s%s%s%s", i ? ", " : "", mark, f->names[i], mark);
    if (f->kind == KIND_INT && f->max)
        buf_addf(b, ", %lld to %lld", (long long)f->min, (long long)f->max);
    if (f->flags & NULLABLE)
        buf_add(b, T(" or null"));
    if (f->fallback)
        buf_addf(b, "; default %s%s%s", mark, f->fallback, mark);
}
