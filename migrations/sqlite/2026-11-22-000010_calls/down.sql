DROP INDEX consumers_by_state;
DROP TABLE consumer_words;
DROP TABLE hourly_calls;
DROP TABLE consumer_calls;
DROP TABLE token_calls;
