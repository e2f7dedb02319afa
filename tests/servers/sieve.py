"""What a mailbox answers by itself: an out-of-office reply as a mail program sets it up, in sieve."""


def away(address: str, words: str = "EXAMPLE: I am away until Monday.") -> str:
    """A script that answers everything it may, the same sender again as well."""
    return f'require ["vacation-seconds"];\nvacation :seconds 0 :addresses ["{address}"] "{words}";\n'
