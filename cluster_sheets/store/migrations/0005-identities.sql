-- Nothing of identities.db: whose a case is does not depend on when it stood in a pack.
SELECT 1;
