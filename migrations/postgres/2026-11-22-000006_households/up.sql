-- Whose share of what is kept a refusal takes: one household of addresses, apart by whether the signature proved right. What
-- is kept from before says neither, and is over in a quarter of an hour.
DELETE FROM refusals;
ALTER TABLE refusals ADD COLUMN is_proved BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE refusals ADD COLUMN household TEXT NOT NULL DEFAULT '';
DROP INDEX refusals_by_consumer;
CREATE INDEX refusals_by_share ON refusals (consumer_id, is_proved, household, number);
