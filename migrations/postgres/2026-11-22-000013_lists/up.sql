-- What leads lists: of the audit log that is narrowed to one action, of who asked most on a day, and of a project's roles.
CREATE INDEX audit_log_by_action ON audit_log (action, number);
CREATE INDEX consumer_calls_by_size ON consumer_calls (day, calls, consumer_id);
CREATE INDEX roles_by_project ON roles (project_id, id);

-- A user's own tokens that expired, the last that did first; and each part of them for one tool alone.
DROP INDEX access_tokens_ending_of_user;
CREATE INDEX access_tokens_ending_of_user ON access_tokens (user_id, expires, id)
    WHERE revoked IS NULL AND expires IS NOT NULL;
DROP INDEX access_tokens_unrevoked_of_both;
CREATE INDEX access_tokens_unrevoked_of_both ON access_tokens (consumer_id, user_id, id, expires) WHERE revoked IS NULL;
CREATE INDEX access_tokens_ending_of_both ON access_tokens (consumer_id, user_id, expires, id)
    WHERE revoked IS NULL AND expires IS NOT NULL;
CREATE INDEX access_tokens_revoked_of_both ON access_tokens (consumer_id, user_id, id) WHERE revoked IS NOT NULL;

-- What acts in a project: what is in use, and of one user or one tool alone.
CREATE INDEX access_tokens_unrevoked_by_role ON access_tokens (role_id, id, expires) WHERE revoked IS NULL;
CREATE INDEX access_tokens_by_role_and_user ON access_tokens (role_id, user_id, id);
CREATE INDEX access_tokens_by_role_and_consumer ON access_tokens (role_id, consumer_id, id);
