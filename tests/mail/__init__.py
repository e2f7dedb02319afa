"""Mail as a whole: real mailboxes and a mail server around real runs, killed and started again."""
