/* Logins: what an agent signs in to a site with, a person's own or shared with the team. Password and OTP secret are
 * kept (base/kept.h): they can be written and compared, and never read. */
#ifndef DUVO_API_LOGINS_H
#define DUVO_API_LOGINS_H

#include "request/request.h"

struct login {
    struct v_uuid id, team_id;
    struct v_uuid user_id; /* null: shared with the team */
    struct v_text domain, username;
    struct v_text password_hash, otp_secret_hash; /* what is kept of them, as text; absent: there is none */
    struct v_time created_at, updated_at;
};

/* As documents give a login: with the values themselves, or what is kept of them. */
struct seeded_login {
    struct login l;
    struct v_secret password, otp_secret;
};

/* As it is stored, and as documents give it. */
extern const struct spec login_row, fixture_login;
extern const struct spec login_spec, login_item_spec, attached_login_spec;

/* Gives a new one its place in the list; false when its id is taken, or its team is missing. */
bool login_insert(struct db *db, const struct login *login);
/* A document's: with what is kept of the values that it gives. */
struct login login_of_seeded(struct arena *arena, const struct seeded_login *seeded);
/* The login, when the caller may see it: OK, or ERR_LOGIN_NOT_FOUND. */
enum err login_find(struct request *rq, const struct uuid *id, struct login *ret);
/* Whether what is kept, as text, is that of the value; false where nothing is. */
bool login_value_equal(struct db *db, struct v_text kept, struct secret value);

/* ---- of builds --------------------------------------------------------------------------------------------- */

/* A login that a build's runs are given. */
struct build_login {
    struct v_uuid build_id, login_id;
};

/* As it is stored, and as fixture documents give it. */
extern const struct spec build_login_row;

/* Gives a new build the logins of another of the same team: when that is of another agent, without the personal ones
 * of other people. */
void logins_copy(struct request *rq, const struct uuid *from_build, const struct uuid *to_build);

#endif
