DROP INDEX access_tokens_revoked_of_both;
DROP INDEX access_tokens_ending_of_both;
DROP INDEX access_tokens_unrevoked_of_both;
CREATE INDEX access_tokens_unrevoked_of_both ON access_tokens (consumer_id, user_id, expires) WHERE revoked IS NULL;
DROP INDEX access_tokens_ending_of_user;
CREATE INDEX access_tokens_ending_of_user ON access_tokens (user_id, expires) WHERE revoked IS NULL AND expires IS NOT NULL;
DROP INDEX roles_by_project;
DROP INDEX consumer_calls_by_size;
DROP INDEX audit_log_by_action;
