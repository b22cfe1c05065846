-- Who did what, when and why: one row for each, in one chain. `hash` is made of all that the row says and of the `hash` of
-- the row before it (`previous`), so whatever is changed, taken out or put in between is found. `seal` is what the service
-- makes of `hash` with its key for the log. Names stand beside numbers, and nothing refers to other tables:
-- whoever is removed has still done it.
CREATE TABLE audit_log (
    number        BIGINT NOT NULL PRIMARY KEY CHECK (number > 0),
    at            BIGINT NOT NULL,
    actor         TEXT   NOT NULL,
    actor_id      BIGINT,
    actor_name    TEXT,
    address       TEXT,
    action        TEXT   NOT NULL,
    object        TEXT   NOT NULL,
    object_id     BIGINT,
    object_name   TEXT,
    user_id       BIGINT,
    user_name     TEXT,
    consumer_id   BIGINT,
    consumer_name TEXT,
    details       TEXT   NOT NULL,
    reason        TEXT,
    previous      TEXT   NOT NULL,
    hash          TEXT   NOT NULL,
    seal          TEXT   NOT NULL
);
CREATE INDEX audit_log_by_time ON audit_log (at);
CREATE INDEX audit_log_by_actor ON audit_log (actor_name, number);
CREATE INDEX audit_log_by_user ON audit_log (user_name, number);
CREATE INDEX audit_log_by_consumer ON audit_log (consumer_name, number);

-- One row, which whoever adds to the log takes hold of until the commit: how many rows there are, and the last one's hash.
-- It is what tells that the end of the log is missing.
CREATE TABLE audit_head (
    id    BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    count BIGINT NOT NULL,
    hash  TEXT   NOT NULL
);
INSERT INTO audit_head (id, count, hash)
    VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- The key for the log, sealed under the server key: made for the first entry, and the same ever after.
CREATE TABLE audit_key (
    id     BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    name   TEXT   NOT NULL,
    secret TEXT   NOT NULL
);

-- Against slips of the hand. Whoever means to can drop these; that is what the chain is for.
CREATE FUNCTION keep_the_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is only added to';
END
$$;
CREATE TRIGGER audit_log_is_not_changed BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION keep_the_audit_log();
CREATE TRIGGER audit_log_is_not_emptied BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION keep_the_audit_log();
CREATE TRIGGER audit_head_does_not_go_back BEFORE UPDATE ON audit_head
    FOR EACH ROW WHEN (NEW.count < OLD.count) EXECUTE FUNCTION keep_the_audit_log();
CREATE TRIGGER audit_head_is_not_removed BEFORE DELETE ON audit_head
    FOR EACH ROW EXECUTE FUNCTION keep_the_audit_log();
CREATE TRIGGER audit_head_is_not_emptied BEFORE TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION keep_the_audit_log();
