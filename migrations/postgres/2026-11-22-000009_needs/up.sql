-- The least that a tool needs of the role it acts with: words such as tracker=submit, with a blank between them. It keeps
-- users from lending a role that is too small. No request is judged by it, so it moves no epoch.
ALTER TABLE consumers ADD COLUMN needs TEXT NOT NULL DEFAULT '' CHECK (length(needs) <= 255);

-- A user's own tokens, page by page: those that are not revoked, those whose time is over, and those that are revoked.
CREATE INDEX access_tokens_unrevoked_of_user ON access_tokens (user_id, id, expires) WHERE revoked IS NULL;
CREATE INDEX access_tokens_ending_of_user ON access_tokens (user_id, expires) WHERE revoked IS NULL AND expires IS NOT NULL;
CREATE INDEX access_tokens_revoked_of_user ON access_tokens (user_id, id) WHERE revoked IS NOT NULL;
-- What one tool may do for one user, and how many users a tool has.
CREATE INDEX access_tokens_unrevoked_of_both ON access_tokens (consumer_id, user_id, expires) WHERE revoked IS NULL;
