CREATE TABLE ml_test (
  id {text} NOT NULL PRIMARY KEY
);

ALTER TABLE ml_nowhere ADD COLUMN seen {long};
