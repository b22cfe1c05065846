DROP TRIGGER users_move_the_epoch ON users;
DROP TRIGGER removed_users_move_the_epoch ON users;
DROP TRIGGER projects_move_the_epoch ON projects;
DROP TRIGGER removed_projects_move_the_epoch ON projects;
DROP TRIGGER roles_move_the_epoch ON roles;
DROP TRIGGER removed_roles_move_the_epoch ON roles;
DROP TRIGGER members_move_the_epoch ON role_members;
DROP TRIGGER settings_move_the_epoch ON role_settings;
DROP TRIGGER consumers_move_the_epoch ON consumers;
DROP TRIGGER removed_consumers_move_the_epoch ON consumers;
DROP TRIGGER tokens_move_the_epoch ON access_tokens;
DROP TRIGGER removed_tokens_move_the_epoch ON access_tokens;
DROP TRIGGER emptied_users_move_the_epoch ON users;
DROP TRIGGER emptied_projects_move_the_epoch ON projects;
DROP TRIGGER emptied_roles_move_the_epoch ON roles;
DROP TRIGGER emptied_members_move_the_epoch ON role_members;
DROP TRIGGER emptied_settings_move_the_epoch ON role_settings;
DROP TRIGGER emptied_consumers_move_the_epoch ON consumers;
DROP TRIGGER emptied_tokens_move_the_epoch ON access_tokens;
DROP FUNCTION move_the_epoch();
CREATE TABLE nonce_horizon (
    id        BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    timestamp BIGINT NOT NULL
);
INSERT INTO nonce_horizon (id, timestamp)
    SELECT 1, greatest(ledger.horizon, (SELECT max(second) FROM nonces)) FROM ledger;
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
