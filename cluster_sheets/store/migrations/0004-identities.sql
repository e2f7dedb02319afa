-- Nothing of identities.db: the words of every sort of question lie there alike.
SELECT 1;
