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

CREATE CONSTRAINT TRIGGER archived_projects_move_the_epoch AFTER UPDATE OF status ON projects
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION move_the_epoch();
CREATE CONSTRAINT TRIGGER expiries_move_the_epoch AFTER UPDATE OF expires ON access_tokens
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.expires IS DISTINCT FROM NEW.expires) EXECUTE FUNCTION move_the_epoch();
CREATE CONSTRAINT TRIGGER networks_move_the_epoch AFTER INSERT OR UPDATE OR DELETE ON consumer_networks
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_the_epoch();
CREATE TRIGGER emptied_networks_move_the_epoch AFTER TRUNCATE ON consumer_networks
    FOR EACH STATEMENT EXECUTE FUNCTION move_the_epoch();
