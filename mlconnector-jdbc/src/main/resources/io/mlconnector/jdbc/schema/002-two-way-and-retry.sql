-- What a write of ours left at the source of a two-way flow, and when a parked record is tried again.

ALTER TABLE ml_link ADD COLUMN echo {text};

ALTER TABLE ml_letter ADD COLUMN retry_at {long};
