-- Whether tools act here: in a project, whatever roles people hold in it; and for a user, whatever roles they hold. Where
-- it is off, no role is lent, and what was lent sleeps.
ALTER TABLE projects ADD COLUMN uses_plugin BOOLEAN NOT NULL DEFAULT TRUE CHECK (uses_plugin IN (0, 1));
ALTER TABLE users ADD COLUMN uses_plugin BOOLEAN NOT NULL DEFAULT TRUE CHECK (uses_plugin IN (0, 1));

CREATE TRIGGER projects_that_use_it_move_the_epoch AFTER UPDATE OF uses_plugin ON projects
    WHEN OLD.uses_plugin IS NOT NEW.uses_plugin
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER users_that_use_it_move_the_epoch AFTER UPDATE OF uses_plugin ON users
    WHEN OLD.uses_plugin IS NOT NEW.uses_plugin
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;

-- What users are looked for by: the words of their names and real names, in lower case. They are compared letter by
-- letter, whatever language the database speaks, so that all words with one beginning stand together.
CREATE TABLE user_words (
    word    TEXT   NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (word, user_id)
) WITHOUT ROWID;
CREATE INDEX user_words_by_user ON user_words (user_id);
CREATE INDEX users_by_status ON users (status, name);
CREATE INDEX access_tokens_by_role ON access_tokens (role_id, id);
CREATE INDEX sessions_by_user ON sessions (user_id);
