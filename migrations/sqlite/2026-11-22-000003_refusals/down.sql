DROP TABLE refusals;
DROP TABLE consumer_owners;
