-- Where a pruned audit log begins, and how far second logs have come.

CREATE TABLE ml_audit_anchor (
  only_row {long} NOT NULL PRIMARY KEY,
  sequence {long} NOT NULL,
  hash {text} NOT NULL
);

INSERT INTO ml_audit_anchor (only_row, sequence, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE ml_audit_delivery (
  name {text} NOT NULL PRIMARY KEY,
  sequence {long} NOT NULL,
  hash {text} NOT NULL
);

-- Nearly all entries are applied, so an index leads to the others alone.

DROP INDEX ml_audit_outcome;

CREATE INDEX ml_audit_outcome ON ml_audit (outcome, sequence) WHERE outcome <> 'APPLIED';

CREATE INDEX ml_audit_at ON ml_audit (at);

-- Webhook events. One that does not tell of an object has an empty object_entity and its own id as object_id.

CREATE TABLE ml_inbox (
  connection {text} NOT NULL,
  event_id {text} NOT NULL,
  event_type {text} NOT NULL,
  object_entity {text} NOT NULL,
  object_id {text} NOT NULL,
  received_at {long} NOT NULL,
  created_at {long},
  state {text} NOT NULL,
  attempts {long} NOT NULL,
  next_try_at {long} NOT NULL,
  reason {text},
  payload {text},
  settled_at {long},
  PRIMARY KEY (connection, event_id)
);

CREATE INDEX ml_inbox_pending ON ml_inbox (connection, object_entity, object_id) WHERE state = 'PENDING';

CREATE INDEX ml_inbox_settled ON ml_inbox (settled_at) WHERE settled_at IS NOT NULL;
