"""Command line: words in, exit codes out. One module for each group of commands, imported only when it is called.

In: what the admin types. Out: human words on stderr, with ``--json`` one document on stdout, and an exit code.
Never: holds a rule of the scheme, or does what a stage should do.
"""
