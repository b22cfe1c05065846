DROP INDEX sessions_by_user;
DROP INDEX access_tokens_by_role;
DROP INDEX users_by_status;
DROP TABLE user_words;
DROP TRIGGER users_that_use_it_move_the_epoch;
DROP TRIGGER projects_that_use_it_move_the_epoch;
ALTER TABLE users DROP COLUMN uses_plugin;
ALTER TABLE projects DROP COLUMN uses_plugin;
