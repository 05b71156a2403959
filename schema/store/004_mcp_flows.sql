-- What a flow with an MCP server's authorization server needs besides its row in oauth_flows. Secrets are sealed.
CREATE TABLE mcp_flows (
    space         INTEGER NOT NULL,
    flow_id       BLOB NOT NULL CHECK (length(flow_id) = 16),
    server_url    TEXT NOT NULL,
    name          TEXT NOT NULL,
    type          TEXT NOT NULL,
    custom_integration_id BLOB,
    issuer        TEXT,
    iss_expected  INTEGER NOT NULL CHECK (iss_expected IN (0, 1)),
    token_endpoint TEXT NOT NULL,
    resource      TEXT,
    scope         TEXT NOT NULL,
    client_auth   TEXT NOT NULL,
    client_secret BLOB, -- sealed
    verifier      BLOB NOT NULL, -- sealed
    PRIMARY KEY (space, flow_id),
    FOREIGN KEY (space, flow_id) REFERENCES oauth_flows (space, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
