"""Connect: how this workspace reaches its mailboxes and mail servers, and how it signs in.

In: cluster-sheets.toml, and secrets from the environment or a closed file. Out: connections that are signed in.
Never: knows what a mail means, keeps a secret, or says one.
"""
