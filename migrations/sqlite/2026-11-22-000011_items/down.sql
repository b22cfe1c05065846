DROP TABLE item_words;
DROP TABLE item_changes;
DROP INDEX items_by_token;
DROP INDEX items_by_consumer;
DROP INDEX items_by_submitter;
DROP INDEX items_by_priority;
DROP INDEX items_by_status;
ALTER TABLE items DROP COLUMN access_token_id;
ALTER TABLE items DROP COLUMN role_name;
