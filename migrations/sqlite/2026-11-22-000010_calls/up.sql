-- How much was asked: records that nobody is judged by, written behind, so that adding to them moves no epoch. Days and hours
-- are counted from 1970-01-01T00:00:00Z. `code` is `accepted`, or why it was refused.
CREATE TABLE token_calls (
    token_id BIGINT NOT NULL REFERENCES access_tokens (id) ON DELETE CASCADE,
    day      BIGINT NOT NULL,
    calls    BIGINT NOT NULL CHECK (calls > 0),
    PRIMARY KEY (token_id, day)
) WITHOUT ROWID;
CREATE INDEX token_calls_by_day ON token_calls (day, token_id);
CREATE TABLE consumer_calls (
    consumer_id BIGINT NOT NULL REFERENCES consumers (id) ON DELETE CASCADE,
    day         BIGINT NOT NULL,
    code        TEXT   NOT NULL,
    calls       BIGINT NOT NULL CHECK (calls > 0),
    PRIMARY KEY (consumer_id, day, code)
) WITHOUT ROWID;
CREATE INDEX consumer_calls_by_day ON consumer_calls (day, consumer_id);
-- Of the whole forge, whoever asked.
CREATE TABLE hourly_calls (
    hour  BIGINT NOT NULL,
    code  TEXT   NOT NULL,
    calls BIGINT NOT NULL CHECK (calls > 0),
    PRIMARY KEY (hour, code)
) WITHOUT ROWID;

-- What a consumer is found by: the words of its name, of what it is for, and of its home page's host, in small letters. They
-- are compared byte by byte, so that whatever begins with something stands in one piece.
CREATE TABLE consumer_words (
    word        TEXT   NOT NULL,
    consumer_id BIGINT NOT NULL REFERENCES consumers (id) ON DELETE CASCADE,
    PRIMARY KEY (word, consumer_id)
) WITHOUT ROWID;
CREATE INDEX consumer_words_by_consumer ON consumer_words (consumer_id);
CREATE INDEX consumers_by_state ON consumers (enabled, name);
