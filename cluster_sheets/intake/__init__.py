"""Intake: files and mails as they come become units: kept, known for what they are, safe to read or refused.

In: the inbox. Out: units with their bytes kept, and raw answers from a worker process.
Never: parses what has not been kept, or lets one bad file stop the others.
"""
