-- A project that is archived is kept and can be read; nobody acts in it.
ALTER TABLE projects ADD COLUMN status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived'));

-- What its user decided about a token beside its role: for how many seconds from the exchange (none: until it is revoked),
-- and under which name.
ALTER TABLE request_tokens ADD COLUMN token_seconds BIGINT CHECK (token_seconds > 0);
ALTER TABLE request_tokens ADD COLUMN label TEXT CHECK (length(label) BETWEEN 1 AND 64);
ALTER TABLE access_tokens ADD COLUMN expires BIGINT;
ALTER TABLE access_tokens ADD COLUMN label TEXT CHECK (length(label) BETWEEN 1 AND 64);
-- A record of use, by which nobody is judged: it moves no epoch.
ALTER TABLE access_tokens ADD COLUMN last_used BIGINT;
ALTER TABLE access_tokens ADD COLUMN last_used_from TEXT;
-- For sweeping what ended long ago.
CREATE INDEX access_tokens_by_expiry ON access_tokens (expires) WHERE expires IS NOT NULL;
CREATE INDEX access_tokens_by_revocation ON access_tokens (revoked) WHERE revoked IS NOT NULL;

-- From where a consumer may ask: blocks in CIDR notation. A consumer without any may ask from everywhere.
CREATE TABLE consumer_networks (
    consumer_id BIGINT NOT NULL REFERENCES consumers (id) ON DELETE CASCADE,
    network     TEXT   NOT NULL,
    PRIMARY KEY (consumer_id, network)
);

CREATE TRIGGER archived_projects_move_the_epoch AFTER UPDATE OF status ON projects
    WHEN OLD.status IS NOT NEW.status
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER expiries_move_the_epoch AFTER UPDATE OF expires ON access_tokens
    WHEN OLD.expires IS NOT NEW.expires
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER new_networks_move_the_epoch AFTER INSERT ON consumer_networks
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER networks_move_the_epoch AFTER UPDATE ON consumer_networks
    WHEN (OLD.consumer_id, OLD.network) IS NOT (NEW.consumer_id, NEW.network)
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER removed_networks_move_the_epoch AFTER DELETE ON consumer_networks
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
