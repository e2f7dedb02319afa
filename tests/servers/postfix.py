"""A postfix of the tests' own: what it can't pass on it writes a real bounce about. Only root may run one."""

import grp
import os
import pwd
import shutil
import tempfile
from pathlib import Path

from tests.servers.process import IS_ROOT, Process, free_ports, greeting

MASTER = "/usr/lib/postfix/sbin/master"
_MAIN = """
compatibility_level = 3.6
queue_directory = {root}/queue
data_directory = {root}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {root}/postfix.log
maillog_file_prefixes = /tmp
myhostname = mx.council.test
mydestination =
inet_interfaces = loopback-only
inet_protocols = ipv4
disable_dns_lookups = yes
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = {domain}
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
relayhost = [127.0.0.1]:{relay}
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtp_dns_support_level = disabled
smtpd_tls_security_level = none
"""
_SERVICES = (
    ("{port}", "inet", "n", "smtpd"),
    ("pickup", "unix", "n", "pickup"),
    ("cleanup", "unix", "n", "cleanup"),
    ("qmgr", "unix", "n", "qmgr"),
    ("rewrite", "unix", "-", "trivial-rewrite"),
    ("bounce", "unix", "-", "bounce"),
    ("defer", "unix", "-", "bounce"),
    ("trace", "unix", "-", "bounce"),
    ("smtp", "unix", "-", "smtp"),
    ("lmtp", "unix", "-", "lmtp"),
    ("error", "unix", "-", "error"),
    ("retry", "unix", "-", "error"),
    ("anvil", "unix", "-", "anvil"),
    ("scache", "unix", "-", "scache"),
    ("postlog", "unix-dgram", "n", "postlogd"),
)
_MOST = {"pickup": "1", "qmgr": "1", "anvil": "1", "scache": "1", "postlog": "1"} | dict.fromkeys(
    ("cleanup", "bounce", "defer", "trace"), "0"
)
_ITS_OWN = (
    "active",
    "bounce",
    "corrupt",
    "defer",
    "deferred",
    "flush",
    "hold",
    "incoming",
    "private",
    "saved",
    "trace",
)
_OPEN = {"maildrop": 0o730, "public": 0o710}
"""Folders of its queue that others may put something into."""


class Postfix:
    """One server: mail for ``domain`` goes to an LMTP port, all other mail to a relay. A context manager."""

    def __init__(self, lmtp: int, relay: int, domain: str) -> None:
        assert IS_ROOT, "only root may run a postfix"
        self.root = Path(tempfile.mkdtemp(prefix="cs-postfix-", dir="/tmp"))
        self.root.chmod(0o755)
        (self.port,) = free_ports(1)
        self._etc = self.root / "etc"
        for name in ("etc", "queue", "queue/pid"):
            (self.root / name).mkdir()
        owner = pwd.getpwnam("postfix").pw_uid
        own = {f"queue/{name}": 0o700 for name in _ITS_OWN} | {"data": 0o755}
        for name, mode in (own | {f"queue/{name}": mode for name, mode in _OPEN.items()}).items():
            folder = self.root / name
            folder.mkdir()
            os.chown(folder, owner, grp.getgrnam("postdrop").gr_gid if mode in _OPEN.values() else -1)
            folder.chmod(mode)
        told = _MAIN.format(root=self.root, lmtp=lmtp, relay=relay, domain=domain)
        (self._etc / "main.cf").write_text(told)
        (self._etc / "master.cf").write_text("".join(_line(*each, self.port) for each in _SERVICES))

    def __enter__(self) -> "Postfix":
        command, env = [MASTER, "-d", "-c", str(self._etc)], {**os.environ, "MAIL_CONFIG": str(self._etc)}
        self._process = Process(command, self.root / "postfix.log", env)
        self._process.wait_for(lambda: greeting(self.port).startswith(b"220"))
        return self

    def __exit__(self, *_: object) -> None:
        self._process.end()
        shutil.rmtree(self.root, ignore_errors=True)

    def told(self) -> str:
        """Its log."""
        return self._process.told()


def _line(name: str, kind: str, private: str, program: str, port: int) -> str:
    wakes = {"pickup": "60", "qmgr": "300"}.get(name, "-")
    return f"{name.format(port=f'127.0.0.1:{port}')} {kind} {private} - n {wakes} {_MOST.get(name, '-')} {program}\n"
