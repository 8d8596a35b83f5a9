-- Which process acquired a flow last, for whoever finds it locked.

ALTER TABLE ml_lease ADD COLUMN holder {text};
