/* View: objects of a spec as a template's values, under the names that they have in JSON: what a page shows is what the
 * JSON reply says, and like there, nothing leads a secret out. What is absent, null or false is not set. URLs and JSON
 * are redacted, because a page may be on a screen that others see.
 *
 * An object is a list of one item, and an enumeration `consent` that is `auto` also sets `consent.auto`. */
#ifndef DUVO_PAGES_VIEW_H
#define DUVO_PAGES_VIEW_H

#include "spec/redact.h"
#include "spec/spec.h"
#include "pages/template.h"

/* `more` has a name that is NULL, or comes first of the values. */
struct template_values view_of(struct arena *arena, const struct redactor *redactor, const struct spec *spec,
                               const void *object, struct template_value more);
/* A list of one item. */
struct template_value view_part(struct arena *arena, const char *name, struct template_values values);

#endif
