DROP TRIGGER users_move_the_epoch;
DROP TRIGGER removed_users_move_the_epoch;
DROP TRIGGER projects_move_the_epoch;
DROP TRIGGER removed_projects_move_the_epoch;
DROP TRIGGER roles_move_the_epoch;
DROP TRIGGER removed_roles_move_the_epoch;
DROP TRIGGER new_members_move_the_epoch;
DROP TRIGGER members_move_the_epoch;
DROP TRIGGER removed_members_move_the_epoch;
DROP TRIGGER new_settings_move_the_epoch;
DROP TRIGGER settings_move_the_epoch;
DROP TRIGGER removed_settings_move_the_epoch;
DROP TRIGGER consumers_move_the_epoch;
DROP TRIGGER removed_consumers_move_the_epoch;
DROP TRIGGER tokens_move_the_epoch;
DROP TRIGGER removed_tokens_move_the_epoch;
DROP TRIGGER replaced_users_move_the_epoch;
DROP TRIGGER replaced_projects_move_the_epoch;
DROP TRIGGER replaced_roles_move_the_epoch;
DROP TRIGGER replaced_consumers_move_the_epoch;
DROP TRIGGER replaced_tokens_move_the_epoch;
CREATE TABLE nonce_horizon (
    id        BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    timestamp BIGINT NOT NULL
);
INSERT INTO nonce_horizon (id, timestamp)
    SELECT 1, max(ledger.horizon, (SELECT coalesce(max(second), 0) FROM nonces)) FROM ledger;
DROP TABLE ledger;
DROP TABLE nonces;
CREATE TABLE nonces (
    consumer_id BIGINT NOT NULL,
    token       TEXT   NOT NULL,
    timestamp   BIGINT NOT NULL,
    nonce       TEXT   NOT NULL,
    PRIMARY KEY (consumer_id, token, timestamp, nonce)
);
CREATE INDEX nonces_by_timestamp ON nonces (timestamp);
