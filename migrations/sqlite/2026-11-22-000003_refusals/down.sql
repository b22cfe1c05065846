DROP TABLE refusals;
ALTER TABLE consumers DROP COLUMN owner_id;
