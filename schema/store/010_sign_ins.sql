-- Sign-ins that are asked for again: a flow remembers the code that answered it, a code the sign-in that it was given in.

ALTER TABLE oauth_flows ADD COLUMN taken_at INTEGER; -- a callback has come: it is being worked on until ended_at
ALTER TABLE oauth_flows ADD COLUMN code BLOB;        -- its code, as a keyed hash

ALTER TABLE oauth_codes ADD COLUMN state BLOB;       -- of the authorization request, as a keyed hash
ALTER TABLE oauth_codes ADD COLUMN redirect_sent INTEGER NOT NULL DEFAULT 1; -- 0: its redirect URI was left out
