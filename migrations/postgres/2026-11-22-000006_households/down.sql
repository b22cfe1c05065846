DROP INDEX refusals_by_share;
CREATE INDEX refusals_by_consumer ON refusals (consumer_id, number);
ALTER TABLE refusals DROP COLUMN household;
ALTER TABLE refusals DROP COLUMN is_proved;
