-- In which language a user wants to be spoken to, as the pages call it (none: they never said). Nobody is judged by it.
ALTER TABLE users ADD COLUMN language TEXT CHECK (length(language) BETWEEN 2 AND 35);

-- Letters to users that wait to be sent. What is in one (JSON) is never a secret, nor a token's key. Whoever sends it first
-- moves `due` ahead and counts an attempt, so that of two instances one sends it, and one that dies leaves it to others.
CREATE TABLE mail (
    id       INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    user_id  BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    letter   TEXT   NOT NULL,
    created  BIGINT NOT NULL,
    due      BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX mail_by_due ON mail (due, id);
CREATE INDEX mail_by_user ON mail (user_id, id);

-- Tokens whose users were told that they fell asleep, until they wake.
CREATE TABLE mail_told_asleep (
    token_id BIGINT NOT NULL PRIMARY KEY REFERENCES access_tokens (id) ON DELETE CASCADE,
    told     BIGINT NOT NULL
);

-- How far the rounds have come that look for what users are to be told. Of tokens that end: the last one (by its end, then
-- by its number) that was looked at. Of sleeping ones: the last token of the present round, and the epoch in which it began.
CREATE TABLE mail_rounds (
    id             BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    ending_second  BIGINT NOT NULL,
    ending_token   BIGINT NOT NULL,
    asleep_token   BIGINT NOT NULL,
    asleep_epoch   BIGINT NOT NULL
);
INSERT INTO mail_rounds (id, ending_second, ending_token, asleep_token, asleep_epoch) VALUES (1, 0, 0, 0, -1);
