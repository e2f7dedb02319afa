"""Routes: the ways mail comes, behind one ``Source``: a folder, a Maildir, an mbox, IMAP, Microsoft Graph.

In: a mailbox, and the numbers of the mails it gave before. Out: the bytes of the others, and mails moved to where they
belong once they are settled.
Never: deletes a mail, marks one as read, or goes by whether somebody has read it.
"""
