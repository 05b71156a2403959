-- Organizations know their people: who may make teams in them.

ALTER TABLE organizations ADD COLUMN discovery_mode TEXT NOT NULL DEFAULT 'request'
    CHECK (discovery_mode = 'request' OR discovery_mode = 'auto');
ALTER TABLE organizations ADD COLUMN created_at INTEGER NOT NULL DEFAULT 1767225600000; -- 2026-01-01, as fixtures have it

CREATE TABLE organization_members (
    space           INTEGER NOT NULL,
    organization_id BLOB NOT NULL,
    user_id         BLOB NOT NULL,
    role            TEXT NOT NULL
                    CHECK (role = 'owner' OR role = 'admin' OR role = 'executive' OR role = 'member'),
    PRIMARY KEY (space, organization_id, user_id),
    FOREIGN KEY (space, organization_id) REFERENCES organizations (space, id) ON DELETE CASCADE,
    FOREIGN KEY (space, user_id) REFERENCES people (space, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX organization_members_of ON organization_members (space, user_id);
CREATE INDEX members_of_person ON members (space, user_id);
CREATE INDEX teams_of_organization ON teams (space, organization_id, name);

-- Teams are found on request, or by everybody: until now any word was kept, and `open` meant the latter.
UPDATE teams SET discovery_mode = iif(discovery_mode = 'open' OR discovery_mode = 'auto', 'auto', 'request');

-- Where agents use connections: pins of their slots, and triggers. With what is known of the integration; `known` is 0
-- when the catalog has none of that type. CROSS JOIN keeps the order of the loops: from an agent on.
CREATE VIEW connection_uses AS
    SELECT p.space, b.agent_id, p.slot_id, NULL AS trigger_id, p.user_id, p.connection_id, s.integration_type,
           s.integration_name, s.provider, s.oauth_provider_key, s.custom_integration_id, 1 AS known,
           b.revision_number, s.position, p.created_at
      FROM builds b
      CROSS JOIN slot_rows s ON s.space = b.space AND s.build_id = b.id
      CROSS JOIN pins p ON p.space = s.space AND p.slot_id = s.id
    UNION ALL
    SELECT t.space, t.agent_id, NULL, t.id, t.user_id, t.connection_id,
           iif(o.id IS NULL, t.integration_slug, 'custom_mcp'), coalesce(o.name, i.name, t.integration_slug),
           coalesce(i.provider, 'user'), i.oauth_provider_key, o.id, o.id IS NOT NULL OR i.id IS NOT NULL, 0, 0,
           t.created_at
      FROM triggers t
      JOIN connections c ON c.space = t.space AND c.id = t.connection_id
      LEFT JOIN custom_integrations o ON o.space = c.space AND o.id = c.custom_integration_id
      LEFT JOIN integrations i ON i.space = t.space AND i.id =
           (SELECT n.id FROM integrations n WHERE n.space = t.space AND n.type = t.integration_slug ORDER BY n.seq LIMIT 1);
