-- What is kept of secrets means the same in every process (base/kept.h). Rows that were there before are of the older
-- kind, which only the key in `meta` can check; each becomes a new one when its key or value is seen in plain.

-- 0: hashed with the file's key; 1: in a fixed context.
ALTER TABLE api_keys ADD COLUMN kind INTEGER NOT NULL DEFAULT 0 CHECK (kind IN (0, 1));
ALTER TABLE space_keys ADD COLUMN kind INTEGER NOT NULL DEFAULT 0 CHECK (kind IN (0, 1));

-- Null: hashed with the file's key.
ALTER TABLE connection_headers ADD COLUMN salt BLOB CHECK (length(salt) = 16);
ALTER TABLE secret_values ADD COLUMN salt BLOB CHECK (length(salt) = 16);
