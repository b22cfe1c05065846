-- Where an item came from beside its consumer: the role by its full name at that time, and the number of the access token.
-- Numbers of tokens are not used again, and nothing refers to them: what was filed stays when a token is swept.
ALTER TABLE items ADD COLUMN role_name TEXT;
ALTER TABLE items ADD COLUMN access_token_id BIGINT;
-- For each way in which lists are narrowed, newest first; what has a status beside it is asked for one status at a time.
CREATE INDEX items_by_status ON items (tracker_id, status, id);
CREATE INDEX items_by_priority ON items (tracker_id, priority, status, id);
CREATE INDEX items_by_submitter ON items (tracker_id, submitter_id, status, id);
CREATE INDEX items_by_consumer ON items (tracker_id, consumer_name, status, id);
CREATE INDEX items_by_token ON items (access_token_id, status, id);

-- What became of an item: one row for each part that was changed, and by whom, in the same words as the item itself.
CREATE TABLE item_changes (
    id              INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    item_id         BIGINT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
    at              BIGINT NOT NULL,
    user_id         BIGINT NOT NULL REFERENCES users (id),
    consumer_name   TEXT,
    role_name       TEXT,
    access_token_id BIGINT,
    part            TEXT   NOT NULL CHECK (part IN ('summary', 'details', 'priority', 'status')),
    before          TEXT   NOT NULL,
    after           TEXT   NOT NULL
);
CREATE INDEX item_changes_by_item ON item_changes (item_id, id);

-- The words of items, for who searches: which items of a tracker have a word. Made of their texts, by the program; the words of
-- items that are there already are written as the end of this step. An item that is gone leaves its words behind; they find
-- nothing, and go with the tracker.
CREATE TABLE item_words (
    tracker_id BIGINT NOT NULL REFERENCES trackers (id) ON DELETE CASCADE,
    word       TEXT   NOT NULL,
    item_id    BIGINT NOT NULL,
    PRIMARY KEY (tracker_id, word, item_id)
) WITHOUT ROWID;
