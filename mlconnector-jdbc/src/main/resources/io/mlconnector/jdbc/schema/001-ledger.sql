-- {text} and {long} stand for the database's own names of those types. Instants are milliseconds since 1970.

CREATE TABLE ml_lease (
  flow {text} NOT NULL PRIMARY KEY,
  epoch {long} NOT NULL
);

CREATE TABLE ml_position (
  flow {text} NOT NULL PRIMARY KEY,
  value {text} NOT NULL
);

CREATE TABLE ml_note (
  flow {text} NOT NULL,
  name {text} NOT NULL,
  value {text} NOT NULL,
  PRIMARY KEY (flow, name)
);

CREATE TABLE ml_link (
  source_connection {text} NOT NULL,
  source_entity {text} NOT NULL,
  source_id {text} NOT NULL,
  target_connection {text} NOT NULL,
  target_entity {text} NOT NULL,
  target_id {text} NOT NULL,
  target_version {text},
  fingerprint {text} NOT NULL,
  linked_at {long} NOT NULL,
  PRIMARY KEY (target_connection, source_connection, source_entity, source_id, target_entity)
);

CREATE INDEX ml_link_target ON ml_link (target_connection, target_entity, target_id, source_connection);

CREATE TABLE ml_intent (
  flow {text} NOT NULL,
  source_connection {text} NOT NULL,
  source_entity {text} NOT NULL,
  source_id {text} NOT NULL,
  target_connection {text} NOT NULL,
  target_entity {text} NOT NULL,
  target_id {text},
  target_version {text},
  action {text} NOT NULL,
  idempotency_key {text} NOT NULL,
  payload {text},
  fingerprint {text} NOT NULL,
  changed_fields {text} NOT NULL,
  intended_at {long} NOT NULL,
  attempts {long} NOT NULL,
  doubt {text},
  PRIMARY KEY (flow, source_connection, source_entity, source_id)
);

CREATE TABLE ml_letter (
  flow {text} NOT NULL,
  source_connection {text} NOT NULL,
  source_entity {text} NOT NULL,
  source_id {text} NOT NULL,
  kind {text} NOT NULL,
  reason {text} NOT NULL,
  awaited_connection {text},
  awaited_entity {text},
  awaited_id {text},
  payload {text} NOT NULL,
  readable {long} NOT NULL,
  fingerprint {long} NOT NULL,
  version {text},
  attempts {long} NOT NULL,
  first_at {long} NOT NULL,
  last_at {long} NOT NULL,
  PRIMARY KEY (flow, source_connection, source_entity, source_id)
);

CREATE INDEX ml_letter_list ON ml_letter (flow, kind, source_id);

CREATE TABLE ml_audit (
  sequence {long} NOT NULL PRIMARY KEY,
  hash {text} NOT NULL,
  flow {text} NOT NULL,
  run {text} NOT NULL,
  source_connection {text} NOT NULL,
  source_entity {text} NOT NULL,
  source_id {text} NOT NULL,
  source_version {text},
  target_connection {text},
  target_entity {text},
  target_id {text},
  action {text},
  changes {text} NOT NULL,
  mapping {text} NOT NULL,
  attempts {long} NOT NULL,
  outcome {text} NOT NULL,
  detail {text},
  request_id {text},
  at {long} NOT NULL
);

CREATE INDEX ml_audit_source ON ml_audit (source_id, source_entity, source_connection, sequence);

CREATE INDEX ml_audit_target ON ml_audit (target_id, target_entity, target_connection, sequence);

CREATE INDEX ml_audit_run ON ml_audit (run, sequence);

CREATE INDEX ml_audit_outcome ON ml_audit (outcome, sequence);

CREATE TABLE ml_audit_head (
  only_row {long} NOT NULL PRIMARY KEY,
  sequence {long} NOT NULL,
  hash {text} NOT NULL
);

INSERT INTO ml_audit_head (only_row, sequence, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
