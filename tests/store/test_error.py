from cluster_sheets.store.error import SealBrokenError, StoreBusyError, StoreError, disk_says


def test_whoever_catches_a_store_error_catches_each_kind() -> None:
    assert [issubclass(each, StoreError) for each in (StoreBusyError, SealBrokenError)] == [True, True]


def test_a_disk_that_fails_is_told_without_the_name_of_a_file() -> None:
    told = disk_says(OSError(5, "Input/output error", "private/outbox/EXAMPLE school.eml"))
    assert told == "The disk can't be used (Input/output error): look at it, then run again. What was kept is not lost."
