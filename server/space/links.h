/* Links: the URLs that the mock hands out. */
#ifndef DUVO_SPACE_LINKS_H
#define DUVO_SPACE_LINKS_H

#include "request/request.h"

/* What stands before the path of every URL handed out: `http://127.0.0.1:8787`, from --public-url or from the Host
 * that the caller used. ERR_INVALID when there is neither, or the Host is none. */
enum err links_base(struct request *rq, struct text *ret);

/* The same without the space that it may end with. */
enum err links_origin(struct request *rq, struct text *ret);

/* The base at the address that was asked, whatever --public-url says: what a program goes on from where it is. */
enum err links_asked(struct request *rq, struct text *ret);
/* A base from an origin: whoever follows a link stays in its space. */
struct text links_in_space(const struct request *rq, struct text origin);

/* Adds name=value pairs to the query of a URL, before its fragment, in the place of what it has of the same names; the
 * rest of it stays as it is, byte for byte. */
struct text links_with(struct arena *arena, struct text url, const struct pair *params, size_t n);

/* The same for an answer, which may have less than `names`, a list that ends with NULL: of these, too, nothing stays
 * that the URL had before. */
struct text links_answer(struct arena *arena, struct text url, const char *const *names, const struct pair *params,
                         size_t n);

/* Where a browser may be sent, of what a caller may name: NULL, or what is wrong with it.
 *
 * A URL that is not absolute http or https, that has user information (https://bank.example@evil.example), or
 * characters that browsers repair in ways of their own (backslashes, control characters, blanks, non-ASCII ones), is
 * refused. */
const char *links_check_absolute(struct text url);
/* The value of a header in which this process tells itself on whose behalf it calls (`x-mock-base`, `x-mock-as`); the
 * unset text unless the request comes from this process (rq->origin). */
struct text links_told(const struct request *rq, struct text header);

/* Only that there is no user information: for URLs that no browser is sent to. */
const char *links_check_user(struct text url);
/* The same, or a path that begins with one slash and no second one. */
const char *links_check_return(struct text url);

#endif
