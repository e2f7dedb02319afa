"""Written: a night's report as files; told again, the same bytes stay as they lie."""

from pathlib import Path

from cluster_sheets.report.folder import TOLD, folder_of
from cluster_sheets.report.run import Run, trace_name
from cluster_sheets.store import permission
from cluster_sheets.store.file import PRIVATE, write_whole
from cluster_sheets.store.places import Places


def written(run: Run, places: Places) -> Path:
    """Writes the night's report, each file whole: summary.txt, needs-you.xlsx where there is a need, and run.json.

    What the program said where it broke on a unit goes into private/traces. Gives the folder of the report.
    """
    from cluster_sheets.report.summary import text

    folder, told = folder_of(places, run.as_of), run.to_json().encode()
    if _is_told(folder, told, with_needs=bool(run.needs)):
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    for each in run.crashes:
        permission.make_folder(places.private / "traces")
        write_whole(places.private / "traces" / trace_name(folder.name, each), each.trace.encode(), PRIVATE)
    if run.needs:
        from cluster_sheets.report.needs_you import needs_you

        write_whole(folder / "needs-you.xlsx", needs_you(run))
    else:
        (folder / "needs-you.xlsx").unlink(missing_ok=True)
    write_whole(folder / "summary.txt", text(run, report=places.told(folder)).encode())
    # Last: while it lies there, so do the others.
    write_whole(folder / TOLD, told)
    return folder


def _is_told(folder: Path, told: bytes, *, with_needs: bool) -> bool:
    """Whether this very report lies there already; what somebody has ticked in it since stays ticked."""
    path = folder / TOLD
    return (
        path.exists()
        and path.read_bytes() == told
        and (folder / "summary.txt").exists()
        and (folder / "needs-you.xlsx").exists() == with_needs
    )
