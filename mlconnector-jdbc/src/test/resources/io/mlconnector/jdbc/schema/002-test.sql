ALTER TABLE ml_position ADD COLUMN seen {long};

CREATE TABLE ml_test (
  id {text} NOT NULL PRIMARY KEY
);
