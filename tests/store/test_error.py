from cluster_sheets.store.error import SealBrokenError, StoreBusyError, StoreError


def test_whoever_catches_a_store_error_catches_each_kind() -> None:
    assert [issubclass(each, StoreError) for each in (StoreBusyError, SealBrokenError)] == [True, True]
