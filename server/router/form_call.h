/* Form call: the call that a form of the console stands for, out of the fields that a browser sends of it.
 *
 * The names of its fields say where they belong, to the scripts (pages/console_calls.js, pages/console_forms.js) as
 * here:
 *
 *   ~call       the method and the path, below the space, in which {name} is a parameter: what :name says
 *   ~first      a call that is made before it, without parameters, a key and a body
 *   ~makes      it makes a row of that list, which is then shown
 *   ~was.NAME   what the field NAME of a change began with: what is still so is not sent, and what is empty now is
 *               emptied
 *   :name       a parameter of the path
 *   ?name       a parameter of the query
 *   *           the whole body, as JSON; the members below are added to it
 *   a, a.b      members of the body
 *   key         of an operation that wants one: the API key; else that of the fixtures' owner
 *
 * A field that is empty is not there. How a member is written in JSON follows from the operation's tables of fields: a
 * number or a boolean as it stands, a list with blanks between, a map as NAME=value, a line each. What does not read so
 * is sent as the text that it is, for the call to say what it thinks of it. */
#ifndef DUVO_ROUTER_FORM_CALL_H
#define DUVO_ROUTER_FORM_CALL_H

#include "request/route.h"
#include "router/calls.h"

struct form_fields {
    size_t n;
    struct pair *v; /* decoded, in the order of the form, a line end as one LF */
};

/* Reads the fields of the request's body. */
enum err form_read(struct request *rq, struct form_fields *ret);
/* The value of a field; empty: there is none. */
struct text form_value(const struct form_fields *fields, struct text name);

struct form_call {
    size_t n;
    struct inner_call calls[2];      /* one after the other: the last is what the form is for */
    const struct route *routes[2];   /* of each; NULL: there is none, as the call will say */
    struct text wrong; /* set: what was typed cannot be sent, and this is said; no secret is in it */
};

/* What it asks for, in the request's space alone. An error when it is no form of the console. */
enum err form_call_of(struct request *rq, const struct form_fields *fields, struct form_call *ret);

#endif
