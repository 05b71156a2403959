#include "vars.h"

#include <stdlib.h>
#include <unistd.h>

void vars_init(struct vars *vars, const char *dir)
{
    vars->values = json_object();
    vars_set(vars, "dir", json_string(dir));
    char *root = getcwd(NULL, 0);
    vars_set(vars, "root", json_string(root == NULL ? "." : root));
    free(root);
}

void vars_free(struct vars *vars)
{
    json_decref(vars->values);
    vars->values = NULL;
}

void vars_set(struct vars *vars, const char *name, json_t *value)
{
    json_object_set_new(vars->values, name, value);
}

json_t *vars_get(const struct vars *vars, const char *name)
{
    return json_object_get(vars->values, name);
}

bool vars_add_text(const struct vars *vars, const char *name, struct text *out)
{
    json_t *value = vars_get(vars, name);
    if (value == NULL)
        return false;
    if (json_is_string(value)) {
        text_add(out, json_string_value(value), json_string_length(value));
        return true;
    }
    char *dump = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    text_add_str(out, dump == NULL ? "" : dump);
    free(dump);
    return true;
}
