-- The forge: who people are and what their roles let them do.
CREATE TABLE users (
    id            INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name          TEXT    NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 128),
    realname      TEXT    NOT NULL,
    email         TEXT    NOT NULL,
    password_hash TEXT,
    status        TEXT    NOT NULL CHECK (status IN ('active', 'suspended')),
    forge_admin   BOOLEAN NOT NULL CHECK (forge_admin IN (0, 1)),
    created       BIGINT  NOT NULL
);
CREATE TABLE projects (
    id    INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name  TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 128),
    title TEXT NOT NULL
);
CREATE TABLE trackers (
    id         INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name       TEXT   NOT NULL CHECK (length(name) BETWEEN 1 AND 128),
    title      TEXT   NOT NULL,
    UNIQUE (project_id, name)
);
-- A role without a project is a role of the whole forge.
CREATE TABLE roles (
    id         INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    project_id BIGINT REFERENCES projects (id) ON DELETE CASCADE,
    name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 128)
);
CREATE UNIQUE INDEX roles_of_a_project ON roles (project_id, name) WHERE project_id IS NOT NULL;
CREATE UNIQUE INDEX roles_of_the_forge ON roles (name) WHERE project_id IS NULL;
CREATE TABLE role_members (
    role_id BIGINT NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (role_id, user_id)
);
CREATE INDEX role_members_by_user ON role_members (user_id, role_id);
CREATE TABLE role_settings (
    role_id BIGINT NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    section TEXT   NOT NULL,
    ref_id  BIGINT NOT NULL,
    value   BIGINT NOT NULL CHECK (value BETWEEN 0 AND 31),
    PRIMARY KEY (role_id, section, ref_id)
);
CREATE INDEX role_settings_by_section ON role_settings (section, ref_id);
CREATE TABLE items (
    id            INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    tracker_id    BIGINT NOT NULL REFERENCES trackers (id) ON DELETE CASCADE,
    summary       TEXT   NOT NULL,
    details       TEXT   NOT NULL,
    priority      BIGINT NOT NULL CHECK (priority BETWEEN 1 AND 5),
    status        TEXT   NOT NULL CHECK (status IN ('open', 'closed')),
    submitter_id  BIGINT NOT NULL REFERENCES users (id),
    consumer_name TEXT,
    created       BIGINT NOT NULL
);
CREATE INDEX items_by_tracker ON items (tracker_id, id);

-- The provider: who asks, what was granted, and what may not be heard twice.
CREATE TABLE consumers (
    id          INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name        TEXT    NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 128),
    url         TEXT    NOT NULL,
    description TEXT    NOT NULL,
    email       TEXT    NOT NULL,
    key         TEXT    NOT NULL UNIQUE,
    secret      TEXT    NOT NULL,
    public_key  TEXT,
    enabled     BOOLEAN NOT NULL CHECK (enabled IN (0, 1)),
    created     BIGINT  NOT NULL
);
CREATE TABLE consumer_callbacks (
    consumer_id BIGINT NOT NULL REFERENCES consumers (id) ON DELETE CASCADE,
    url         TEXT   NOT NULL,
    PRIMARY KEY (consumer_id, url)
);
CREATE TABLE request_tokens (
    id              INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    consumer_id     BIGINT NOT NULL REFERENCES consumers (id) ON DELETE CASCADE,
    key             TEXT   NOT NULL UNIQUE,
    secret          TEXT   NOT NULL,
    callback        TEXT   NOT NULL,
    state           TEXT   NOT NULL
                    CHECK (state IN ('pending', 'authorized', 'denied', 'exchanged', 'ended', 'revoked')),
    created         BIGINT NOT NULL,
    expires         BIGINT NOT NULL,
    decided         BIGINT,
    user_id         BIGINT REFERENCES users (id) ON DELETE CASCADE,
    role_id         BIGINT REFERENCES roles (id) ON DELETE CASCADE,
    verifier        TEXT,
    attempts        BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX request_tokens_by_expiry ON request_tokens (expires);
CREATE INDEX request_tokens_by_user ON request_tokens (user_id, id);
CREATE INDEX request_tokens_by_consumer ON request_tokens (consumer_id, id);
CREATE TABLE access_tokens (
    id          INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    consumer_id BIGINT NOT NULL REFERENCES consumers (id) ON DELETE CASCADE,
    user_id     BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role_id     BIGINT NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    key         TEXT   NOT NULL UNIQUE,
    secret      TEXT   NOT NULL,
    created     BIGINT NOT NULL,
    revoked     BIGINT
);
CREATE INDEX access_tokens_by_user ON access_tokens (user_id, id);
CREATE INDEX access_tokens_by_consumer ON access_tokens (consumer_id, id);
-- The unique key is the whole replay protection: two equal requests meet here, and one of them loses. There is no foreign
-- key: numbers of consumers are not used again, and a removed one's nonces are swept with all others.
CREATE TABLE nonces (
    consumer_id BIGINT NOT NULL,
    token       TEXT   NOT NULL,
    timestamp   BIGINT NOT NULL,
    nonce       TEXT   NOT NULL,
    PRIMARY KEY (consumer_id, token, timestamp, nonce)
) WITHOUT ROWID;
CREATE INDEX nonces_by_timestamp ON nonces (timestamp);
-- Requests as old as this are refused whatever the clock says: nonces of their age are swept already.
CREATE TABLE nonce_horizon (
    id        BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    timestamp BIGINT NOT NULL
);
INSERT INTO nonce_horizon (id, timestamp) VALUES (1, 0);

-- People at the pages.
CREATE TABLE sessions (
    id         TEXT   NOT NULL PRIMARY KEY,
    user_id    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    csrf_token TEXT   NOT NULL,
    expires    BIGINT NOT NULL
);
CREATE INDEX sessions_by_expiry ON sessions (expires);
CREATE TABLE login_failures (
    id      INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    account TEXT   NOT NULL,
    address TEXT   NOT NULL,
    at      BIGINT NOT NULL
);
CREATE INDEX login_failures_by_account ON login_failures (account, at);
CREATE INDEX login_failures_by_address ON login_failures (address, at);
CREATE INDEX login_failures_by_time ON login_failures (at);
