"""Reads cluster-sheets.toml. Every fault in it is told at its line, and nothing that might be a secret is repeated."""

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cluster_sheets.connect.config import (
    IMPLICIT,
    PASSWORD,
    STARTTLS,
    XOAUTH2,
    Access,
    Config,
    Kind,
    Route,
    Transport,
)
from cluster_sheets.connect.config_place import fault_of_path, lies_within
from cluster_sheets.connect.error import ConfigError

ROUTE, SEND, ANONYMISE = "[[mail.route]]", "[send]", "[anonymise]"
GRAPH_URL = "https://graph.microsoft.com/v1.0"
PORTS = {
    (Kind.IMAP, IMPLICIT): 993, (Kind.IMAP, STARTTLS): 143, (Kind.SMTP, IMPLICIT): 465, (Kind.SMTP, STARTTLS): 587,
}  # fmt: skip
_TOKEN = ("token", "tenant", "client_id", "authority", "scope")
_SIGN_IN = ("user", "secret", "ca_file", *_TOKEN)
_FOLDERS = ("mailbox", "processed", "held", "quarantine")
_IN = {
    Kind.FOLDER: ("path", *_FOLDERS[1:]),
    Kind.MAILDIR: ("path", *_FOLDERS[1:]),
    Kind.MBOX: ("path",),
    Kind.IMAP: ("host", "port", "tls", "auth", *_SIGN_IN, *_FOLDERS),
    Kind.GRAPH: (*_SIGN_IN, "base_url", *_FOLDERS),
}
_OUT = {
    Kind.FOLDER: (),
    Kind.SMTP: ("host", "port", "tls", "auth", "null_sender", *_SIGN_IN),
    Kind.GRAPH: (*_SIGN_IN, "base_url"),
}
_NEEDED = {
    Kind.MAILDIR: ("path",),
    Kind.MBOX: ("path",),
    Kind.IMAP: ("host", "user"),
    Kind.SMTP: ("host", "user"),
    Kind.GRAPH: ("user",),
}
_ACCESS = ("host", "port", "tls", "auth", *_SIGN_IN, "base_url")
_SOURCE = re.compile(r"(?:env:[A-Za-z_][A-Za-z0-9_]*|file:.+)")
_HOST = re.compile(r"[A-Za-z0-9.:_-]+")
_URL = re.compile(r"https://[^\s/]+.*|http://(?:localhost|127\.0\.0\.1)[:/].*")
_PLAIN = re.compile(r"[^\x00-\x1f\x7f]+")
_MODEL = re.compile(r"[A-Za-z][A-Za-z0-9_-]*|(?=[^\x00-\x1f\x7f]+$).*[/\\].*")
_MOST_PORT = 65535
Fits = Callable[[Any], bool]


def _text(pattern: re.Pattern[str]) -> Fits:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _one_of(*words: str) -> Fits:
    return lambda value: value in words


_PLACE = "is the place of a secret, never the secret itself: write env:NAME or file:PATH"
_ADDRESS = "must be a web address that begins with https://"
_CHECKS: Mapping[str, tuple[Fits, str]] = {
    "host": (_text(_HOST), "must be the name of the mail server alone, such as outlook.office365.com"),
    "port": (
        lambda value: isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _MOST_PORT,
        "must be a number such as 993, without quotes",
    ),
    "tls": (_one_of(IMPLICIT, STARTTLS), f'must be "{IMPLICIT}" or "{STARTTLS}"'),
    "auth": (_one_of(PASSWORD, XOAUTH2), f'must be "{PASSWORD}" or "{XOAUTH2}"'),
    "secret": (_text(_SOURCE), _PLACE),
    "token": (_text(_SOURCE), _PLACE),
    "authority": (_text(_URL), _ADDRESS),
    "base_url": (_text(_URL), _ADDRESS),
    "null_sender": (lambda value: isinstance(value, bool), "must be true or false, without quotes"),
}
_WORDS: tuple[Fits, str] = (_text(_PLAIN), "must be words in quotes")


def read(text: str, source: str, home: Path) -> Config:
    """What ``text`` tells of; ``source`` is what a message calls it. Raises ConfigError."""
    return _Reader(text, source, home).config()


class _Reader:
    def __init__(self, text: str, source: str, home: Path) -> None:
        self.lines, self.source, self.home = text.splitlines(), source, home
        self.faults: list[str] = []
        try:
            self.told = tomllib.loads(text)
        except tomllib.TOMLDecodeError as broken:
            found = re.search(r"at line (\d+)", str(broken))
            line = found[1] if found else len(self.lines)
            raise ConfigError(
                f"{source}:{line}: it can't be read from here on: look for a missing quote or bracket."
            ) from broken

    def config(self) -> Config:
        for name in self.told.keys() - {"mail", "send", "anonymise"}:
            self._fault(self._line(rf"(?:\[+\s*)?{re.escape(name)}\b"), f"{name} is not known here")
        routes = self._routes()
        transport = self._transport()
        tagger = self._tagger()
        names = [each.name for each in routes]
        for number, route in enumerate(routes):
            if route.name in names[:number]:
                self._fault(int(route.where.rpartition(":")[2]), "this mailbox stands here already")
        if self.faults:
            raise ConfigError("\n".join(self.faults))
        beside_the_inbox = tuple(each for each in routes if each.kind is not Kind.FOLDER or each.path is not None)
        return Config(transport, beside_the_inbox, *tagger)

    def _routes(self) -> list[Route]:
        mail = self.told.get("mail", {})
        listed = mail.get("route", []) if isinstance(mail, dict) else []
        heads = [number for number, line in enumerate(self.lines, 1) if _is_head(line, ROUTE)]
        # One pair of brackets, or a list within a line, would be another thing that nobody looks at.
        alone = isinstance(mail, dict) and not mail.keys() - {"route"} and isinstance(listed, list)
        if not alone or len(listed) != len(heads):
            self._fault(self._line(r"(?:\[+\s*)?mail\b|routes?\b"), f"begin each way in with a line {ROUTE}")
            return []
        return [self._route(told, line) for told, line in zip(listed, heads, strict=True)]

    def _route(self, told: dict[str, Any], line: int) -> Route:
        kind = self._kind(told, line, _IN)
        if kind is None:
            return Route(Kind.FOLDER, Access(self.home), self._where(line))
        self._check(told, line, kind, _IN[kind])
        path = self._path(told, line)
        folders = {name: told[name] for name in _FOLDERS if isinstance(told.get(name), str)}
        if kind is Kind.GRAPH:
            folders.setdefault("mailbox", "inbox")
        route = Route(
            kind,
            self._access(told, kind),
            self._where(line),
            path,
            **folders,
        )
        places = [route.mailbox, route.processed, route.held, route.quarantine]
        if len({each.casefold() for each in places}) < len(places):
            self._fault(line, "mailbox, processed, held and quarantine must be four different folders")
        if path is not None:
            for name in _FOLDERS[1:]:
                if not lies_within(getattr(route, name)):
                    why = 'must be a folder within path, such as "Done" or "Done/2026", with / between its parts'
                    self._fault(self._line_of(name, line), f"{name} {why}")
        return route

    def _path(self, told: Mapping[str, Any], line: int) -> Path | None:
        """Where the files of a way in lie, if that is told."""
        if not isinstance(told.get("path"), str):
            return None
        path = self.home / str(told["path"])
        if why := fault_of_path(path, self.home):
            self._fault(self._line_of("path", line), f"path {why}")
        return path

    def _transport(self) -> Transport:
        told = self.told.get("send")
        line = self._line(r"\[*\s*send\b")
        if told is None:
            return Transport(Kind.FOLDER, Access(self.home))
        if not isinstance(told, dict):
            self._fault(line, f"begin the way out with a line {SEND}")
            return Transport(Kind.FOLDER, Access(self.home))
        kind = self._kind(told, line, _OUT)
        if kind is None:
            return Transport(Kind.FOLDER, Access(self.home), self._where(line))
        self._check(told, line, kind, _OUT[kind])
        return Transport(kind, self._access(told, kind), self._where(line), told.get("null_sender") is not False)

    def _tagger(self) -> tuple[str, str]:
        """The model that has a vote, and where it is told; both empty where there is none."""
        told = self.told.get("anonymise", {})
        line = self._line(r"\[*\s*anonymise\b")
        if not isinstance(told, dict):
            self._fault(line, f"begin it with a line {ANONYMISE}")
            return "", ""
        for name in told.keys() - {"tagger"}:
            self._fault(self._line_of(name, line), f"{name} is not known here; {ANONYMISE} takes: tagger")
        if "tagger" not in told:
            return "", ""
        value, line = told["tagger"], self._line_of("tagger", line)
        if not isinstance(value, str) or not _MODEL.fullmatch(value):
            why = 'tagger must be the name of a model\'s package, such as "en_core_web_sm", or of its folder, such as'
            self._fault(line, f'{why} "./models/en_core_web_sm"')
            return "", ""
        return value, self._where(line)

    def _kind(self, told: Mapping[str, Any], line: int, kinds: Mapping[Kind, tuple[str, ...]]) -> Kind | None:
        kind = told.get("kind")
        if isinstance(kind, str) and kind in kinds:
            return Kind(kind)
        words = ", ".join(kinds)
        at = self._line_of("kind", line) if "kind" in told else line
        self._fault(at, f"kind must be one of: {words}" if "kind" in told else f"say which kind it is: {words}")
        return None

    def _check(self, told: Mapping[str, Any], line: int, kind: Kind, known: tuple[str, ...]) -> None:
        for name, value in told.items():
            at = self._line_of(name, line)
            fits, why = _CHECKS.get(name, _WORDS)
            if name == "kind":
                continue
            if name not in known:
                self._fault(at, f"{name} is not known here; {kind} takes: {', '.join(known) or 'nothing more'}")
            elif not fits(value):
                self._fault(at, f"{name} {why}")
        for name in _NEEDED.get(kind, ()):
            if name not in told:
                self._fault(line, f"{name} is missing")
        if "user" in known:
            self._check_sign_in(told, line, kind)

    def _check_sign_in(self, told: Mapping[str, Any], line: int, kind: Kind) -> None:
        auth = XOAUTH2 if kind is Kind.GRAPH else told.get("auth", PASSWORD)
        if auth == PASSWORD:
            if "secret" not in told:
                self._fault(line, "secret is missing: it says where the password lies")
            return
        if auth != XOAUTH2 or "token" in told:
            return
        if "tenant" not in told and "authority" not in told:
            self._fault(line, "tenant is missing")
        for name in ("client_id", "secret"):
            if name not in told:
                self._fault(line, f"{name} is missing")

    def _access(self, told: Mapping[str, Any], kind: Kind) -> Access:
        given = {name: told[name] for name in _ACCESS if name in told and _CHECKS.get(name, _WORDS)[0](told[name])}
        if "ca_file" in given:
            given["ca_file"] = self.home / given["ca_file"]
        if kind in (Kind.IMAP, Kind.SMTP):
            given.setdefault("tls", STARTTLS if kind is Kind.SMTP else IMPLICIT)
            given.setdefault("port", PORTS[kind, given["tls"]])
        if kind is Kind.GRAPH:
            given = {"base_url": GRAPH_URL, **given, "auth": XOAUTH2}
        return Access(self.home, **given)

    def _fault(self, line: int, why: str) -> None:
        self.faults.append(f"{self._where(line)}: {why}.")

    def _where(self, line: int) -> str:
        return f"{self.source}:{line}"

    def _line(self, pattern: str) -> int:
        """The first line that begins so."""
        found = (number for number, line in enumerate(self.lines, 1) if re.match(rf"\s*(?:{pattern})", line))
        return next(found, 1)

    def _line_of(self, name: str, head: int) -> int:
        """The line of a name within the block that begins at ``head``; the head itself where it is not found."""
        for number in range(head + 1, len(self.lines) + 1):
            line = self.lines[number - 1]
            if line.lstrip().startswith("["):
                break
            if re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=", line):
                return number
        return head


def _is_head(line: str, head: str) -> bool:
    return line.partition("#")[0].replace(" ", "").replace("\t", "").rstrip() == head
