"""The intake meets workbooks and mails that others found odd enough to keep; ``public.py`` says whence they come."""

from datetime import timedelta
from pathlib import Path

import pytest

from cluster_sheets.demo.play import KEY, START
from cluster_sheets.night import init, run
from cluster_sheets.register.make import made as register_workbook
from cluster_sheets.report.run import Exit
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import State
from tests.hostile.public import sources
from tests.store.asked import every_unit

FOUND = sources()


@pytest.mark.parametrize("name", [pytest.param(name, id=f"{len(FOUND[name])} from {name}") for name in FOUND])
def test_none_of_them_breaks_the_night_or_gets_in(name: str, tmp_path: Path) -> None:
    places = init(tmp_path / "central", register=register_workbook({}), key=KEY)
    contents = {each.read_bytes(): each for each in FOUND[name]}
    for number, (data, path) in enumerate(contents.items()):
        mail = path.suffix in (".eml", ".mime") or "mail" in path.name or path.name.startswith("msg_")
        (places.inbox / f"{number:03}{'.eml' if mail else path.suffix}").write_bytes(data)
    told = run(places.root, START + timedelta(days=20))
    assert (told.exit_code, told.why, told.crashes) == (Exit.NEEDED, "", ())
    assert told.tonight.conserves
    assert told.tonight.received >= len(contents)
    with Store.open(places.root) as store:
        states = {each.state for each in every_unit(store)}
    assert states <= {State.RETURNED, State.HELD, State.QUARANTINED, State.SET_ASIDE}
    assert list(places.inbox.iterdir()) == []
