#include "base/not_json.h"

#include <string.h>

struct text text_without_mark(struct text t)
{
    const struct text mark = T("\xef\xbb\xbf");
    return text_starts(t, mark) ? text_from(t, mark.n) : t;
}

static bool is_utf16(struct text t)
{
    return text_starts(t, T("\xff\xfe")) || text_starts(t, T("\xfe\xff")) || (t.n > 1 && (!t.p[0] || !t.p[1]));
}

static struct text line_at(struct text t, int number)
{
    struct text line = text_cut(&t, '\n');
    for (int i = 1; i < number && t.p; i++)
        line = text_cut(&t, '\n');
    return line;
}

/* Blanks of JSON: text_trim knows those of a line. */
static struct text trim(struct text t)
{
    while (t.n && strchr(" \t\r\n", t.p[0]))
        t = text_from(t, 1);
    while (t.n && strchr(" \t\r\n", t.p[t.n - 1]))
        t.n--;
    return t;
}

static bool has_comment(struct text line)
{
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] == '#' || text_starts(text_from(line, i), T("//")) || text_starts(text_from(line, i), T("/*")))
            return true;
    return false;
}

/* `---`, `- item` or `key: value`, where JSON would have a bracket or a quote. */
static bool is_yaml(struct text t)
{
    struct text rest = t;
    const struct text first = trim(text_cut(&rest, '\n'));
    const size_t colon = text_find(first, ':');
    return text_starts(t, T("---")) || text_starts(t, T("- ")) ||
           (colon < first.n && !strchr("{[\"", first.p[0]) && (colon + 1 == first.n || first.p[colon + 1] == ' '));
}

/* Its brackets, outside of strings, are not all closed. */
static bool is_cut(struct text t)
{
    long open = 0;
    bool in_string = false;
    for (size_t i = 0; i < t.n; i++) {
        const char c = t.p[i];
        if (in_string && c == '\\')
            i++;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string)
            open += (c == '{' || c == '[') - (c == '}' || c == ']');
    }
    return in_string || open > 0;
}

const char *not_json(struct text t, int line)
{
    const struct text all = trim(t);
    if (!all.n)
        return "it is empty";
    if (is_utf16(t))
        return "it is UTF-16: save it as UTF-8";
    if (is_yaml(all))
        return "it looks like YAML: only JSON is read";
    if (has_comment(line_at(t, line)))
        return "JSON has no comments";
    if ((all.p[0] == '{' || all.p[0] == '[') && is_cut(all))
        return "the end is missing";
    return NULL;
}
