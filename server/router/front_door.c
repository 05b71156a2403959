#include "router/front_door.h"

#include "pages/page.h"

/* What a sign-in puts behind a return_url. */
struct sign_in_end {
    struct v_text status, connection_id, error, error_description;
};

#define E struct sign_in_end
static const struct field ending_fields[] = {
    FIELD_TEXT(E, status, .max = NO_MAX),
    FIELD_TEXT(E, connection_id, .max = NO_MAX),
    FIELD_TEXT(E, error, .max = NO_MAX),
    FIELD_TEXT(E, error_description, .max = NO_MAX),
};
#undef E
static const struct spec ending_spec = SPEC(struct sign_in_end, "Ending", ending_fields);

static struct text query_of(const struct request *rq)
{
    struct text rest = rq->target;
    text_cut(&rest, '?');
    return rest;
}

static bool read_ending(struct request *rq, struct sign_in_end *ret)
{
    struct problems problems = problems_new(rq->arena, false, T(", "));
    *ret = (struct sign_in_end){ .status = { .is = VALUE_ABSENT } };
    spec_parse_query(&ending_spec, 0, query_of(rq), &problems, ret);
    return ret->error.is == VALUE_SET || (ret->status.is == VALUE_SET && ret->connection_id.is == VALUE_SET);
}

/* A link from elsewhere can say anything: it is shown as what the address says. */
static void show_ending(struct request *rq, const struct sign_in_end *ending)
{
    const struct {
        const char *label;
        struct v_text value;
    } facts[] = {
        { "Status", ending->status },
        { "Connection", ending->connection_id },
        { "Error", ending->error },
        { "Reason", ending->error_description },
    };
    struct template_values details[sizeof facts / sizeof facts[0]];
    size_t n = 0;
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
        if (facts[i].value.is == VALUE_SET)
            details[n++] = page_detail(rq->arena, text_of(facts[i].label), facts[i].value.v);
    const bool good = ending->error.is != VALUE_SET;
    const struct template_value values[] = {
        { .name = "title", .text = good ? T("Connected") : T("Not connected") },
        { .name = "message", .text = T("The sign-in has sent the browser to this address of its return_url, where your "
                                       "application would be.") },
        { .name = "tone", .text = good ? T("good") : T("bad") },
        { .name = "details", .items = details, .count = n, .is_list = true },
        { .name = "hint", .text = T("You can close this window.") },
        { .name = NULL },
    };
    page_answer(rq, 200, "result.html", values);
}

bool front_door(struct request *rq)
{
    struct sign_in_end ending;
    const struct text path = { rq->target.p, text_find(rq->target, '?') };
    const bool reads = text_eq(rq->method, T("GET")) || text_eq(rq->method, T("HEAD"));
    if (!reads || !page_is_wanted(rq))
        return false;
    if (read_ending(rq, &ending))
        show_ending(rq, &ending);
    else if (text_eq(path, T("/")))
        page_redirect(rq, T("_mock/"));
    else
        page_problem(rq, 404, T("Nothing is at this address"), rq->message, rq->hint);
    return true;
}
