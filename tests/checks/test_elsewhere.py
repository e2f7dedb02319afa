"""Rules that are not judged in this room: each is given somewhere, so that none is forgotten.

What a rule of answers says is broken in test_rules and test_fields; here stand all others, with who gives them.
"""

from pathlib import Path

import cluster_sheets
from tests.checks.batch import FORM
from tests.checks.test_fields import SPOILT, UNREAD
from tests.checks.test_rules import BROKEN, OF_THE_WORLD

GIVEN_BY = {
    "verdict/structure.py": (
        "sheet-missing question-missing question-found-by-label question-twice table-heading-missing"
        " answers-below-the-table written-beside-the-boxes written-on-what-to-mend sheet-added"
        " hidden-sheet-added external-links"
        " notes-with-text pictures-or-files-inside two-requests-in-one-file not-our-form sheet-twice column-missing"
    ),
    "verdict/stamp.py": "version-not-taken version-marks-apart stamp-missing stamp-altered stamp-of-another-cluster",
    "verdict/understanding.py": "stamp-of-another-school files-beside-the-form",
    "verdict/sender.py": (
        "sender-of-another-school sender-not-registered sender-not-verified sender-domain-not-the-schools"
        " sender-unclear sender-through-a-list"
    ),
    "verdict/circumstances.py": (
        "newer-version-kept newer-version-here changed-after-release another-request-in-this-form title-like-another"
    ),
    "verdict/settled.py": "earlier-version-again",
    "verdict/decided.py": "decided-already not-agreed-already heard-before",
    "verdict/meeting.py": "came-after-closing mended-too-late",
    "intake/kind.py": (
        "file-empty file-too-big file-old-excel file-password file-csv-or-text file-pdf file-word file-link"
        " file-winmail file-broken file-archive"
    ),
    "intake/precheck.py": "file-macros file-binary-excel file-opendocument file-in-zip",
    "intake/archive.py": "file-unsafe-zip file-past-a-limit",
    "intake/xml.py": "file-unsafe-xml",
    "intake/pool.py": "file-stops-the-reader",
    "intake/mail.py": "file-damaged-in-mail mail-past-a-limit mail-sender-unclear mail-not-readable mail-outlook-file",
    "store/units.py": "mail-without-a-form mail-encrypted mail-signed",
    "intake/again.py": "same-file-again message-id-again set-apart-at-first",
}
PACKAGE = Path(cluster_sheets.__file__).parent


def test_every_rule_is_broken_here_or_given_elsewhere() -> None:
    here = {code for code, _, _ in BROKEN} | set(OF_THE_WORLD)
    here |= {code for ways in SPOILT.values() for _, code in ways} | {code for _, code in UNREAD}
    here |= {"blank", "must-be-blank", "starts-before-next-meeting", "formula-given"}
    elsewhere = {code for codes in GIVEN_BY.values() for code in codes.split()}
    assert not here & elsewhere
    assert here | elsewhere == {rule.code for rule in FORM.rules}


def test_each_of_them_is_given_where_it_is_said_to_be() -> None:
    silent = [
        f"{module}: {code}"
        for module, codes in GIVEN_BY.items()
        for code in codes.split()
        if f'"{code}"' not in (PACKAGE / module).read_text(encoding="utf-8")
    ]
    assert silent == []
