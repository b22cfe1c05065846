-- Nobody unseals here. What is sealed stays so, and the former program takes it for the secret itself: make every secret anew.
DROP TABLE sessions;
CREATE TABLE sessions (
    id         TEXT   NOT NULL PRIMARY KEY,
    user_id    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    csrf_token TEXT   NOT NULL,
    expires    BIGINT NOT NULL
);
CREATE INDEX sessions_by_expiry ON sessions (expires);
UPDATE request_tokens SET state = 'revoked' WHERE state = 'authorized';
UPDATE request_tokens SET verifier_hash = NULL;
ALTER TABLE request_tokens RENAME COLUMN verifier_hash TO verifier;
DROP TRIGGER consumers_move_the_epoch;
ALTER TABLE consumers ADD COLUMN secret TEXT NOT NULL DEFAULT '';
UPDATE consumers SET secret = coalesce(
    (SELECT secret FROM consumer_secrets WHERE consumer_id = consumers.id AND place = 'newest'), '');
DROP TRIGGER new_secrets_move_the_epoch;
DROP TRIGGER secrets_move_the_epoch;
DROP TRIGGER removed_secrets_move_the_epoch;
DROP TABLE consumer_secrets;
UPDATE consumers SET secret = substr(secret, 7) WHERE secret LIKE 'clear:%';
UPDATE request_tokens SET secret = substr(secret, 7) WHERE secret LIKE 'clear:%';
UPDATE access_tokens SET secret = substr(secret, 7) WHERE secret LIKE 'clear:%';
CREATE TRIGGER consumers_move_the_epoch AFTER UPDATE OF id, name, key, secret, public_key, enabled ON consumers
    WHEN (OLD.id, OLD.name, OLD.key, OLD.secret, OLD.public_key, OLD.enabled)
        IS NOT (NEW.id, NEW.name, NEW.key, NEW.secret, NEW.public_key, NEW.enabled)
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
DROP TABLE sealing;
