-- Nor does a former version read what this one keeps.
DELETE FROM refusals;
