-- Who looks after a tool: no request is judged by it. A table of its own, so that emptying the users empties no consumers.
CREATE TABLE consumer_owners (
    consumer_id BIGINT NOT NULL PRIMARY KEY REFERENCES consumers (id) ON DELETE CASCADE,
    user_id     BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX consumer_owners_by_user ON consumer_owners (user_id);

-- What was seen of requests that were refused lately: a ring, written behind, that nothing is judged by. Without a consumer
-- there is none of the key that the request named, if it named any.
CREATE TABLE refusals (
    number      INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    id          TEXT   NOT NULL UNIQUE,
    consumer_id BIGINT REFERENCES consumers (id) ON DELETE CASCADE,
    at          BIGINT NOT NULL,
    code        TEXT   NOT NULL,
    request     TEXT   NOT NULL,
    evidence    TEXT   NOT NULL
);
CREATE INDEX refusals_by_time ON refusals (at);
CREATE INDEX refusals_by_consumer ON refusals (consumer_id, number);
