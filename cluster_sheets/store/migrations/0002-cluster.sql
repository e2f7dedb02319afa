-- Nothing of cluster.db: what mailboxes are called, and which mail lay in one, may say who wrote.
SELECT 1;
