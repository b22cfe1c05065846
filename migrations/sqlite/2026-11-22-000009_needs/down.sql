DROP INDEX access_tokens_unrevoked_of_both;
DROP INDEX access_tokens_revoked_of_user;
DROP INDEX access_tokens_ending_of_user;
DROP INDEX access_tokens_unrevoked_of_user;
ALTER TABLE consumers DROP COLUMN needs;
