-- Secrets are sealed under server keys, which are never in the database. One row says which key seals: whoever writes a
-- secret reads it in the same transaction, so that after it has moved nobody seals with the former key. Empty: none yet.
-- `in_clear` until a program with a server key has sealed what is still in clear, which begins with `clear:`.
CREATE TABLE sealing (
    id       BIGINT  NOT NULL PRIMARY KEY CHECK (id = 1),
    key_name TEXT    NOT NULL,
    in_clear BOOLEAN NOT NULL CHECK (in_clear IN (0, 1))
);
INSERT INTO sealing (id, key_name, in_clear) VALUES (1, '', TRUE);
UPDATE request_tokens SET secret = 'clear:' || secret;
UPDATE access_tokens SET secret = 'clear:' || secret;

-- A consumer signs with its newest secret, and with the former one until that retires.
CREATE TABLE consumer_secrets (
    id          INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    consumer_id BIGINT NOT NULL REFERENCES consumers (id) ON DELETE CASCADE,
    place       TEXT   NOT NULL CHECK (place IN ('newest', 'former')),
    secret      TEXT   NOT NULL,
    created     BIGINT NOT NULL,
    retires     BIGINT CHECK (retires IS NULL OR place = 'former'),
    last_signed BIGINT,
    UNIQUE (consumer_id, place)
);
CREATE INDEX consumer_secrets_by_retirement ON consumer_secrets (retires);
INSERT INTO consumer_secrets (consumer_id, place, secret, created)
    SELECT id, 'newest', 'clear:' || secret, created FROM consumers ORDER BY id;
DROP TRIGGER consumers_move_the_epoch;
ALTER TABLE consumers DROP COLUMN secret;
CREATE TRIGGER consumers_move_the_epoch AFTER UPDATE OF id, name, key, public_key, enabled ON consumers
    WHEN (OLD.id, OLD.name, OLD.key, OLD.public_key, OLD.enabled)
        IS NOT (NEW.id, NEW.name, NEW.key, NEW.public_key, NEW.enabled)
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
-- Requests are judged by these, but not by when a secret signed last.
CREATE TRIGGER new_secrets_move_the_epoch AFTER INSERT ON consumer_secrets
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER secrets_move_the_epoch AFTER UPDATE OF id, consumer_id, place, secret, retires ON consumer_secrets
    WHEN (OLD.id, OLD.consumer_id, OLD.place, OLD.secret, OLD.retires)
        IS NOT (NEW.id, NEW.consumer_id, NEW.place, NEW.secret, NEW.retires)
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER removed_secrets_move_the_epoch AFTER DELETE ON consumer_secrets
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;

-- Verifiers and session ids are hashed from now on. What was out in clear ends: people log in and decide once more.
UPDATE request_tokens SET state = 'revoked' WHERE state = 'authorized';
ALTER TABLE request_tokens RENAME COLUMN verifier TO verifier_hash;
UPDATE request_tokens SET verifier_hash = NULL;
DROP TABLE sessions;
CREATE TABLE sessions (
    id_hash TEXT   NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    expires BIGINT NOT NULL
);
CREATE INDEX sessions_by_expiry ON sessions (expires);
