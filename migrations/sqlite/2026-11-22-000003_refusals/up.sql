-- Who looks after a tool: no request is judged by it.
ALTER TABLE consumers ADD COLUMN owner_id BIGINT REFERENCES users (id) ON DELETE SET NULL;

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
