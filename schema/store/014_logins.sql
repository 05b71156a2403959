-- Logins: what an agent signs in to a site with. `user_id` is null when the whole team shares one; `seq` orders those of
-- one instant: it only grows. Neither value is kept, only a salted hash of it (base/kept.h), and one of the two is there.
CREATE TABLE logins (
    space           INTEGER NOT NULL,
    id              BLOB NOT NULL CHECK (length(id) = 16),
    seq             INTEGER NOT NULL,
    team_id         BLOB NOT NULL,
    user_id         BLOB,
    domain          TEXT NOT NULL,
    username        TEXT,
    password_hash   BLOB CHECK (length(password_hash) = 32),
    password_salt   BLOB CHECK (length(password_salt) = 16),
    otp_secret_hash BLOB CHECK (length(otp_secret_hash) = 32),
    otp_secret_salt BLOB CHECK (length(otp_secret_salt) = 16),
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    FOREIGN KEY (space, team_id) REFERENCES teams (space, id) ON DELETE CASCADE,
    CHECK ((password_hash IS NULL) = (password_salt IS NULL)),
    CHECK ((otp_secret_hash IS NULL) = (otp_secret_salt IS NULL)),
    CHECK (password_hash IS NOT NULL OR otp_secret_hash IS NOT NULL)
) STRICT;

CREATE INDEX logins_newest ON logins (space, team_id, created_at, seq);

-- The logins that the runs of a build are given; `seq` is their order in the build.
CREATE TABLE build_logins (
    space    INTEGER NOT NULL,
    build_id BLOB NOT NULL,
    login_id BLOB NOT NULL,
    seq      INTEGER NOT NULL,
    PRIMARY KEY (space, build_id, login_id),
    FOREIGN KEY (space, build_id) REFERENCES builds (space, id) ON DELETE CASCADE,
    FOREIGN KEY (space, login_id) REFERENCES logins (space, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX build_logins_of ON build_logins (space, login_id);
