-- A forge of some size, for whoever looks at how its lists are found: :size consumers, ten times as many access tokens, items
-- and entries of the audit log, and what belongs to them. On top of what is there already: user `alice`, project `project-a` with
-- its tracker `bugs` and its role `Reporter`. Both databases take it as it is. Alice has a tenth of the tokens, the tracker
-- half of the items, and one token and one tool filed many of them. The project has a hundred roles more.
INSERT INTO users (id, name, realname, email, status, forge_admin, created)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :size)
SELECT 1000000 + i, 'user-' || i, 'User ' || i, 'user-' || i || '@example.org',
    CASE WHEN i % 20 = 0 THEN 'suspended' ELSE 'active' END, FALSE, 1700000000 + i FROM n;

INSERT INTO user_words (word, user_id) SELECT 'user', id FROM users WHERE id > 1000000;

INSERT INTO projects (id, name, title)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :size / 5)
SELECT 1000000 + i, 'project-' || i, 'Project ' || i FROM n;

INSERT INTO trackers (id, project_id, name, title)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :size / 5)
SELECT 1000000 + i, 1000000 + i, 'bugs', 'Bugs' FROM n;

INSERT INTO roles (id, project_id, name)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :size / 5)
SELECT 1000000 + i, 1000000 + i, 'Reporter' FROM n;

INSERT INTO roles (id, project_id, name)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
SELECT 2000000 + i, projects.id, 'Role ' || i FROM n, projects WHERE projects.name = 'project-a';

INSERT INTO role_settings (role_id, section, ref_id, value)
SELECT id, 'project_read', project_id, 1 FROM roles WHERE id > 1000000
UNION ALL SELECT id, 'tracker', id, 9 FROM roles WHERE id > 1000000 AND id < 2000000;

INSERT INTO role_members (role_id, user_id)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :size)
SELECT 1000001 + i % (:size / 5), 1000000 + i FROM n;

INSERT INTO consumers (id, name, url, description, email, key, enabled, created)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :size)
SELECT 1000000 + i, 'tool-' || i, 'https://tool-' || i || '.example/', 'Builds project ' || i, 'tool-' || i || '@example.org',
    'key-of-tool-' || i, i % 9 <> 0, 1700000000 + i FROM n;

INSERT INTO consumer_secrets (consumer_id, place, secret, created)
SELECT id, 'newest', '00000000:of-no-worth', created FROM consumers WHERE id > 1000000;

INSERT INTO consumer_callbacks (consumer_id, url)
SELECT id, 'https://' || name || '.example/callback' FROM consumers WHERE id > 1000000;

INSERT INTO consumer_owners (consumer_id, user_id)
SELECT id, id FROM consumers WHERE id > 1000000;

INSERT INTO access_tokens (id, consumer_id, user_id, role_id, key, secret, created, revoked, expires, label, last_used)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10 * :size)
SELECT 1000000 + i, 1000001 + i % :size,
    CASE WHEN i % 10 = 0 THEN (SELECT id FROM users WHERE name = 'alice') ELSE 1000001 + i % :size END,
    CASE WHEN i % 10 = 0 THEN (SELECT roles.id FROM roles JOIN projects ON projects.id = project_id
        WHERE projects.name = 'project-a' AND roles.name = 'Reporter') ELSE 1000001 + i % (:size / 5) END,
    'key-of-token-' || i, '00000000:of-no-worth', 1700000000 + i,
    CASE WHEN i % 3 = 0 THEN 1700000000 + i ELSE NULL END, CASE WHEN i % 7 = 0 THEN :now + i % 1000000 - 500000 ELSE NULL END,
    'Token ' || i, 1700000000 + i FROM n;

INSERT INTO request_tokens (id, consumer_id, key, secret, callback, state, created, expires, decided, user_id, role_id)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :size)
SELECT 1000000 + i, 1000000 + i, 'key-of-request-' || i, '00000000:of-no-worth', 'oob', 'authorized', :now, :now + 600, :now,
    CASE WHEN i % 10 = 0 THEN (SELECT id FROM users WHERE name = 'alice') ELSE 1000000 + i END, 1000001 + i % (:size / 5) FROM n;

INSERT INTO items (id, tracker_id, summary, details, priority, status, submitter_id, consumer_name, role_name, access_token_id, created)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10 * :size)
SELECT 1000000 + i,
    CASE WHEN i % 2 = 0 THEN (SELECT trackers.id FROM trackers JOIN projects ON projects.id = project_id
        WHERE projects.name = 'project-a' AND trackers.name = 'bugs') ELSE 1000001 + i % (:size / 5) END,
    'Build ' || i || ' broke', 'at step w' || i % 1000, 1 + i % 5, CASE WHEN i % 4 < 2 THEN 'open' ELSE 'closed' END,
    CASE WHEN i % 3 = 0 THEN (SELECT id FROM users WHERE name = 'alice') ELSE 1000001 + i % :size END,
    'tool-' || (1 + i % 40), 'project-a/Reporter', CASE WHEN i % 10 = 0 THEN 1000010 ELSE 1000000 + i END, 1700000000 + i FROM n;

INSERT INTO item_words (tracker_id, word, item_id)
SELECT tracker_id, 'build', id FROM items WHERE id > 1000000
UNION ALL SELECT tracker_id, 'broke', id FROM items WHERE id > 1000000
UNION ALL SELECT tracker_id, 'w' || (id - 1000000) % 1000, id FROM items WHERE id > 1000000;

INSERT INTO item_changes (item_id, at, user_id, consumer_name, role_name, part, before, after)
SELECT CASE WHEN id % 10 = 0 THEN 1000002 ELSE id END, created, submitter_id, consumer_name, role_name, 'priority', '3', '4'
FROM items WHERE id > 1000000;

INSERT INTO audit_log (number, at, actor, actor_id, actor_name, action, object, object_id, object_name, user_id, user_name,
    consumer_id, consumer_name, details, previous, hash, seal)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10 * :size)
SELECT audit_head.count + i, 1700000000 + i, 'user', 1000001 + i % :size, 'user-' || (1 + i % :size), 'consumer.shown',
    'consumer', 1000001 + i % :size, 'tool-' || (1 + i % :size), 1000001 + i % :size, 'user-' || (1 + i % :size),
    1000001 + i % :size, 'tool-' || (1 + i % :size), '{}', 'none', 'none', 'none' FROM n, audit_head;

UPDATE audit_head SET count = (SELECT max(number) FROM audit_log);

INSERT INTO refusals (id, consumer_id, at, code, request, evidence, is_proved, household)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
SELECT 'refusal-' || i, CASE WHEN i % 2 = 0 THEN 1000001 + i % :size ELSE NULL END, :now, 'signature_invalid', 'GET /api/userinfo',
    '00000000:of-no-worth', FALSE, '192.0.2.1' FROM n;

INSERT INTO consumer_words (word, consumer_id)
SELECT 'tool', id FROM consumers WHERE id > 1000000 UNION ALL SELECT 'builds', id FROM consumers WHERE id > 1000000;

INSERT INTO token_calls (token_id, day, calls)
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 4)
SELECT id, :now / 86400 - i * 5, 1 + id % 100 FROM access_tokens, n WHERE id > 1000000;

INSERT INTO consumer_calls (consumer_id, day, code, calls)
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 29)
SELECT id, :now / 86400 - i, CASE WHEN i % 5 = 0 THEN 'nonce_used' ELSE 'accepted' END, 1 + id % 100
FROM consumers, n WHERE id > 1000000;

INSERT INTO hourly_calls (hour, code, calls)
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
SELECT :now / 3600 - i, 'accepted', 1 + i % 100 FROM n;
