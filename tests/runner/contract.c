#include "contract.h"

#include "json_diff.h"
#include "schema.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static char **path_split(const char *path)
{
    struct strings list = { 0 };
    while (*path == '/') {
        size_t len = strcspn(++path, "/");
        strings_add(&list, keep_copy(path, len));
        path += len;
    }
    strings_add(&list, keep_str("")); /* never without an array */
    list.at[--list.count] = NULL;
    return list.at;
}

static bool is_parameter(const char *segment)
{
    size_t len = strlen(segment);
    return len > 2 && segment[0] == '{' && segment[len - 1] == '}' && strchr(segment + 1, '{') == NULL;
}

static bool segments_valid(char *const *segments)
{
    for (; *segments != NULL; segments++)
        if (strpbrk(*segments, "{}") != NULL && !is_parameter(*segments))
            return false;
    return true;
}

static bool id_taken(const struct contract *c, const char *id)
{
    for (const struct operation *op = c->operations; op != NULL; op = op->next)
        if (strcmp(op->id, id) == 0)
            return true;
    return false;
}

static void operation_load(struct contract *c, const char *path, const char *verb, json_t *doc,
                           struct text *problems)
{
    struct operation *op = keep_alloc(sizeof *op);
    const char *id = json_string_value(json_object_get(doc, "operationId"));
    char *method = keep_str(verb);
    for (char *m = method; *m != '\0'; m++)
        *m = (char)toupper((unsigned char)*m);
    *op = (struct operation){ .method = method, .path = path, .id = id == NULL ? "" : id };
    op->segments = path_split(path);
    op->responses = json_object_get(doc, "responses");
    op->keyless = json_array_size(json_object_get(doc, "security")) == 0;
    if (id == NULL || id_taken(c, id))
        text_addf(problems, "%s %s: operationId is missing or not unique\n", method, path);
    if (json_object_size(op->responses) == 0)
        text_addf(problems, "%s %s: no responses are described\n", method, path);
    if (!segments_valid(op->segments))
        text_addf(problems, "%s: a path segment must be plain text or one {parameter}\n", path);
    *c->last = op;
    c->last = &op->next;
}

static void paths_load(struct contract *c, struct text *problems)
{
    static const char *const verbs[] = { "get", "put", "post", "delete", "options", "patch", "trace" };
    const char *path;
    json_t *item;
    json_object_foreach (json_object_get(c->root, "paths"), path, item) {
        for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
            json_t *doc = json_object_get(item, verbs[i]);
            if (doc != NULL)
                operation_load(c, path, verbs[i], doc, problems);
        }
    }
    if (c->operations == NULL)
        text_add_str(problems, "the document has no operations\n");
}

static void schemas_lint(const struct contract *c, json_t *node, struct text *at, struct text *problems);

/* One member of the document: a schema, a map of schemas, sample data, or something to look into. */
static void member_lint(const struct contract *c, const char *name, json_t *value, struct text *at,
                        struct text *problems)
{
    const char *key;
    json_t *schema;
    if (strcmp(name, "schema") == 0) {
        schema_lint(c->root, value, at, problems);
    } else if (strcmp(name, "schemas") == 0 && strcmp(text_str(at), "/components/schemas") == 0) {
        json_object_foreach (value, key, schema) {
            size_t len = at->len;
            pointer_push(at, key);
            schema_lint(c->root, schema, at, problems);
            text_cut(at, len);
        }
    } else if (strcmp(name, "example") != 0 && strcmp(name, "examples") != 0) {
        schemas_lint(c, value, at, problems);
    }
}

static void schemas_lint(const struct contract *c, json_t *node, struct text *at, struct text *problems)
{
    const char *name;
    json_t *value;
    size_t i, len = at->len;
    json_object_foreach (node, name, value) {
        pointer_push(at, name);
        member_lint(c, name, value, at, problems);
        text_cut(at, len);
    }
    json_array_foreach (node, i, value) {
        pointer_push_index(at, i);
        schemas_lint(c, value, at, problems);
        text_cut(at, len);
    }
}

bool contract_load(struct contract *c, const char *path, struct text *ret_problems)
{
    json_error_t error;
    *c = (struct contract){ .root = json_load_file(path, JSON_REJECT_DUPLICATES, &error) };
    if (c->root == NULL) {
        text_addf(ret_problems, "line %d: %s\n", error.line, error.text);
        return false;
    }
    struct text at = { 0 };
    c->last = &c->operations;
    paths_load(c, ret_problems);
    schemas_lint(c, c->root, &at, ret_problems);
    text_free(&at);
    return true;
}

void contract_free(struct contract *c)
{
    json_decref(c->root);
    *c = (struct contract){ 0 };
}

static int hex_value(char c)
{
    if (!isxdigit((unsigned char)c))
        return -1;
    return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

/* In place; a bad escape stays as it is. */
static void segment_decode(char *s)
{
    char *to = s;
    for (; *s != '\0'; s++) {
        int high = *s == '%' ? hex_value(s[1]) : -1;
        int low = high >= 0 ? hex_value(s[2]) : -1;
        *to++ = low >= 0 && high + low > 0 ? (char)(unsigned char)(high * 16 + low) : *s;
        s += low >= 0 && high + low > 0 ? 2 : 0;
    }
    *to = '\0';
}

static char **target_split(const char *target)
{
    static const char space[] = "/_mock/s/";
    const char *authority = strstr(target, "://");
    if (authority != NULL && target[0] != '/') /* absolute form: the whole URL in the request line */
        target = authority + 3 + strcspn(authority + 3, "/");
    size_t len = strcspn(target, "?#");
    char *path = keep_copy(target, len);
    if (str_starts(path, space)) {
        char *rest = strchr(path + sizeof space - 1, '/');
        path = rest == NULL ? keep_str("/") : rest;
    }
    char **segments = path_split(path);
    for (char **s = segments; *s != NULL; s++)
        segment_decode(*s);
    return segments;
}

/* An empty segment is a value only at the end: /v1/things/ asks for a thing without an id. */
static bool segments_match(char *const *pattern, char *const *given)
{
    for (; *pattern != NULL && *given != NULL; pattern++, given++) {
        bool empty = **given == '\0' && given[1] != NULL;
        if (is_parameter(*pattern) ? empty : strcmp(*pattern, *given) != 0)
            return false;
    }
    return *pattern == NULL && *given == NULL;
}

/* Both match the same path: the first difference decides. */
static bool more_literal(char *const *a, char *const *b)
{
    for (; *a != NULL && *b != NULL; a++, b++)
        if (is_parameter(*a) != is_parameter(*b))
            return is_parameter(*b);
    return false;
}

struct operation *contract_find(const struct contract *c, const char *method, const char *target)
{
    struct operation *best = NULL;
    const char *wanted = strcmp(method, "HEAD") == 0 ? "GET" : method;
    char **given = target_split(target);
    for (struct operation *op = c->operations; op != NULL; op = op->next) {
        if (strcmp(op->method, wanted) == 0 && segments_match(op->segments, given) &&
            (best == NULL || more_literal(op->segments, best->segments)))
            best = op;
    }
    return best;
}

bool contract_needs_key(const struct contract *c, const char *method, const char *target)
{
    const struct operation *op = contract_find(c, method, target);
    char **segments = target_split(target);
    if (op != NULL)
        return !op->keyless;
    return *segments != NULL && (strcmp(*segments, "v1") == 0 || strcmp(*segments, "v2") == 0);
}

/* The kind of status that means success: 2xx, or 3xx where no 2xx is described, or else whatever is. */
static int success_class(const struct operation *op)
{
    int best = 9;
    const char *status;
    json_t *response;
    json_object_foreach (op->responses, status, response) {
        int kind = *status - '0';
        if (kind >= 2 && kind < best)
            best = kind;
    }
    return best;
}

/* Sending the browser on is what such a page is there for, even where it can answer 200, too. */
static bool is_described_redirect(const struct operation *op, int status)
{
    char key[16];
    snprintf(key, sizeof key, "%d", status);
    return status / 100 == 3 && json_object_get(op->responses, key) != NULL;
}

void contract_note(struct operation *op, int status)
{
    int wanted = op == NULL ? 0 : success_class(op);
    if (wanted != 0 && (status / 100 == wanted || wanted == 9 || is_described_redirect(op, status)))
        op->hit = true;
}
