from cluster_sheets.base.progress import Progress, silent


def test_silence_takes_what_any_progress_takes() -> None:
    told: Progress = silent
    told("reading", 1, 2)
