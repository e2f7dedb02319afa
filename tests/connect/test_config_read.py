from pathlib import Path

import pytest

from cluster_sheets.connect.config import Access, Config, Kind, Route, Transport
from cluster_sheets.connect.config_read import GRAPH_URL, read
from cluster_sheets.connect.error import ConfigError

HOME = Path("central")
USER = "cluster@council.example"
WHOLE = """# The pilot's
[[mail.route]]
kind = "imap"
host = "imap.council.example"
user = "cluster@council.example"
secret = "file:private/imap"

[[ mail.route ]]   # of the trust
kind = "imap"
host = "outlook.office365.com"
tls = "starttls"
port = 1143
user = "cluster@trust.example"
auth = "xoauth2"
tenant = "trust.example"
client_id = "app"
secret = "env:APP"
mailbox = "INBOX/Cluster"
processed = "Done"

[[mail.route]]
kind = "graph"
user = "cluster@council.example"
token = "env:TOKEN"
ca_file = "ca.pem"

[[mail.route]]
kind = "folder"

[[mail.route]]
kind = "folder"
path = "../OneDrive/cluster"

[send]
kind = "smtp"
host = "smtp.council.example"
user = "cluster@council.example"
secret = "env:SMTP"
null_sender = false
"""
GOOD = '[[mail.route]]\nkind = "imap"\nhost = "imap.example"\nuser = "cluster@council.example"\nsecret = "env:A"\n'


def faults(text: str) -> list[str]:
    with pytest.raises(ConfigError) as told:
        read(text, "c.toml", HOME)
    return str(told.value).splitlines()


def test_every_way_in_and_the_way_out_are_read_with_what_goes_without_saying() -> None:
    assert read(WHOLE, "c.toml", HOME) == Config(
        Transport(
            Kind.SMTP,
            Access(HOME, "smtp.council.example", 587, "starttls", None, USER, secret="env:SMTP"),
            "c.toml:34",
            null_sender=False,
        ),
        (
            Route(
                Kind.IMAP,
                Access(HOME, "imap.council.example", 993, "implicit", None, USER, secret="file:private/imap"),
                "c.toml:2",
            ),
            Route(
                Kind.IMAP,
                Access(
                    HOME, "outlook.office365.com", 1143, "starttls", None, "cluster@trust.example", "xoauth2",
                    "env:APP", tenant="trust.example", client_id="app",
                ),
                "c.toml:8",
                mailbox="INBOX/Cluster",
                processed="Done",
            ),
            Route(
                Kind.GRAPH,
                Access(
                    HOME, ca_file=HOME / "ca.pem", user=USER, auth="xoauth2", token="env:TOKEN", base_url=GRAPH_URL
                ),
                "c.toml:21",
                mailbox="inbox",
            ),
            Route(Kind.FOLDER, Access(HOME), "c.toml:30", HOME / "../OneDrive/cluster"),
        ),
    )  # fmt: skip


def test_ports_follow_the_kind_of_tls() -> None:
    told = {
        (kind, tls): read(f'[send]\nkind="smtp"\nhost="h"\nuser="u"\nsecret="env:A"\ntls="{tls}"\n', "c", HOME)
        for kind, tls in (("smtp", "implicit"), ("smtp", "starttls"))
    }
    assert [each.transport.access.port for each in told.values()] == [465, 587]
    imap = GOOD + 'tls = "starttls"\n'
    assert read(imap, "c", HOME).routes[0].access.port == 143


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + "port = 99999\n", "c.toml:6: port must be a number such as 993, without quotes."),
        (GOOD + 'port = "993"\n', "c.toml:6: port must be a number such as 993, without quotes."),
        (GOOD + 'tls = "none"\n', 'c.toml:6: tls must be "implicit" or "starttls".'),
        (GOOD + 'auth = "ntlm"\n', 'c.toml:6: auth must be "password" or "xoauth2".'),
        (GOOD + 'mailbox = ""\n', "c.toml:6: mailbox must be words in quotes."),
        (GOOD + 'held = "A\\r\\nB"\n', "c.toml:6: held must be words in quotes."),
        (
            GOOD + 'held = "inbox"\n',
            "c.toml:1: mailbox, processed, held and quarantine must be four different folders.",
        ),
        (GOOD + GOOD, "c.toml:6: this mailbox stands here already."),
        (
            GOOD.replace("imap.example", "https://imap.example"),
            "c.toml:3: host must be the name of the mail server alone, such as outlook.office365.com.",
        ),
        (GOOD.replace('kind = "imap"\n', ""), "c.toml:1: say which kind it is: folder, maildir, mbox, imap, graph."),
        (GOOD.replace('"imap"', '"pop3"'), "c.toml:2: kind must be one of: folder, maildir, mbox, imap, graph."),
        (GOOD.replace('host = "imap.example"\n', ""), "c.toml:1: host is missing."),
        (GOOD.replace('secret = "env:A"\n', ""), "c.toml:1: secret is missing: it says where the password lies."),
        ('[[mail.route]]\nkind = "maildir"\n', "c.toml:1: path is missing."),
        *(
            (f'[[mail.route]]\nkind = "{kind}"\npath = "{path}"\n', f"c.toml:3: path {said}.")
            for kind in ("folder", "maildir", "mbox")
            for path, said in (
                (".", "holds the workspace itself: name a folder beside it"),
                (
                    "private/outbox",
                    "lies in private, where the program keeps its own: name a folder beside the workspace",
                ),
                ("inbox", "lies in inbox, which is looked into each night anyway: leave this way in out"),
            )
        ),
        *(
            (
                f'[[mail.route]]\nkind = "{kind}"\npath = "../OneDrive"\nheld = "{held}"\n',
                'c.toml:4: held must be a folder within path, such as "Done" or "Done/2026", with / between its parts.',
            )
            for kind in ("folder", "maildir")
            for held in ("../escaped", "C:/x", "/srv/held")
        ),
        ('[send]\nkind = "imap"\n', "c.toml:2: kind must be one of: folder, smtp, graph."),
        ('[send]\nkind = "folder"\nhost = "h"\n', "c.toml:3: host is not known here; folder takes: nothing more."),
        ('send = "smtp"\n', "c.toml:1: begin the way out with a line [send]."),
        ("[mail]\nroutes = []\n", "c.toml:1: begin each way in with a line [[mail.route]]."),
        ("[mail]\nroute = [{kind = 'folder'}]\n", "c.toml:1: begin each way in with a line [[mail.route]]."),
        *(
            (f"# remark\n{text}", "c.toml:2: begin each way in with a line [[mail.route]].")
            for text in (
                GOOD.replace("[[mail.route]]", "[mail.route]"),
                GOOD.replace("[[mail.route]]", "[ mail . route ]  # of the trust"),
                GOOD.replace("[[mail.route]]", "[[mail]]"),
                '[mail."route"]\n',
                "[mail.route]\n",
                'mail.route.kind = "folder"\n',
                'mail.route = "imap"\n',
                "mail.route = [1]\n",
                "mail = []\n",
                "[mail.routes]\n",
            )
        ),
        ("[[send]]\nkind = 'folder'\n", "c.toml:1: begin the way out with a line [send]."),
        ("[send.smtp]\nkind = 'smtp'\n", "c.toml:1: say which kind it is: folder, smtp, graph."),
        ("[[anonymise]]\ntagger = 'en'\n", "c.toml:1: begin it with a line [anonymise]."),
        ('# remark\n\n[engine]\na = "b"\n', "c.toml:3: engine is not known here."),
        ("# remark\nanonymise = 'en'\n", "c.toml:2: begin it with a line [anonymise]."),
        ('[anonymise]\n\ntager = "en"\n', "c.toml:3: tager is not known here; [anonymise] takes: tagger."),
        *(
            (
                f"[anonymise]\n# remark\ntagger = {value}\n",
                'c.toml:3: tagger must be the name of a model\'s package, such as "en_core_web_sm", or of its folder,'
                ' such as "./models/en_core_web_sm".',
            )
            for value in ("true", '""', '"en core"', '"os.path"', '["en"]', '"./a\\nb"', '"-e"')
        ),
        ("# remark\n[send\n", "c.toml:2: it can't be read from here on: look for a missing quote or bracket."),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_line(text: str, said: str) -> None:
    assert faults(text) == [said]


def test_all_faults_are_told_at_once() -> None:
    text = '[[mail.route]]\nkind = "graph"\nport = 1\n\n[send]\nkind = "smtp"\nauth = "xoauth2"\nhost = "h"\n'
    assert [each.partition(": ")[0] + ": " + each.partition(": ")[2].partition(";")[0] for each in faults(text)] == [
        "c.toml:3: port is not known here",
        "c.toml:1: user is missing.",
        "c.toml:1: tenant is missing.",
        "c.toml:1: client_id is missing.",
        "c.toml:1: secret is missing.",
        "c.toml:5: user is missing.",
        "c.toml:5: tenant is missing.",
        "c.toml:5: client_id is missing.",
        "c.toml:5: secret is missing.",
    ]


@pytest.mark.parametrize("name", ["secret", "token", "password", "passwort"])
def test_a_secret_written_into_the_file_is_told_without_repeating_it(name: str) -> None:
    told = faults(GOOD.replace('secret = "env:A"\n', "") + f'{name} = "hunter2"\n')
    assert "c.toml:5" in told[0]
    assert "hunter2" not in "".join(told)


@pytest.mark.parametrize("name", ["authority", "base_url"])
@pytest.mark.parametrize(
    ("url", "fits"),
    [
        ("https://graph.example/v1.0", True),
        ("http://localhost:8000/v1.0", True),
        ("http://127.0.0.1/x", True),
        ("http://graph.example/v1.0", False),
        ("http://localhost.evil.example/", False),
        ("graph.example", False),
    ],
)
def test_no_token_goes_to_an_address_in_the_clear(name: str, url: str, fits: bool) -> None:
    text = f'[[mail.route]]\nkind = "graph"\nuser = "{USER}"\ntoken = "env:A"\n{name} = "{url}"\n'
    if fits:
        assert getattr(read(text, "c.toml", HOME).routes[0].access, name) == url
    else:
        assert faults(text) == [f"c.toml:5: {name} must be a web address that begins with https://."]


@pytest.mark.parametrize(
    ("text", "named", "line"),
    [
        ('[send]\nkind = "folder"\n\n[ anonymise ]  # remark\ntagger = "en_core_web_sm"\n', "en_core_web_sm", 5),
        ('anonymise.tagger = "./models/en"\n', "./models/en", 1),
        ("[anonymise]\ntagger = 'C:\\models\\en'\n", "C:\\models\\en", 2),
    ],
)
def test_a_tagger_is_read_with_its_line(text: str, named: str, line: int) -> None:
    told = read(text, "c.toml", HOME)
    assert (told.tagger, told.tagger_at) == (named, f"c.toml:{line}")


def test_a_tagger_is_off_by_default() -> None:
    assert (read(GOOD, "c.toml", HOME).tagger, read("[anonymise]\n", "c.toml", HOME).tagger) == ("", "")
