"""The configuration of a Dovecot that runs as anybody, on loopback, out of one folder; as 2.3 and as 2.4 write it."""

from dataclasses import dataclass
from pathlib import Path

FOLDERS = ("Processed", "Held", "Quarantine")
_COMMON = """
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/dovecot.log
instance_name = cluster-sheets-tests
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_uid = {uid}
mail_gid = {gid}
first_valid_uid = {uid}
first_valid_gid = {gid}
listen = 127.0.0.1
ssl = yes
auth_verbose = yes
auth_failure_delay = 0
recipient_delimiter = +
lmtp_save_to_detail_mailbox = yes
submission_host = 127.0.0.1:{submission}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
  # Without this each failed login makes the next one from here wait seconds longer.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  separator = /
{folders}
}}
"""
_OLD = """
protocols = imap lmtp
ssl_cert = <{root}/server.crt
ssl_key = <{root}/server.key
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
mail_home = {root}/mail/%u
mail_location = maildir:~/Maildir
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {root}/oauth2.conf.ext
}}
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = scheme=PLAIN username_format=%u {root}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {root}/users
  default_fields = uid={uid} gid={gid} home={root}/mail/%u
}}
"""
_OLD_TOKENS = """introspection_mode = local
local_validation_key_dict = fs:posix:prefix={root}/keys/
username_attribute = upn
client_id = {audience}
issuers = {issuer}
"""
_OLD_SIEVE = """
protocol lmtp {{
  mail_plugins = sieve
}}
plugin {{
  sieve = file:~/away.sieve
  sieve_extensions = +vacation-seconds
  sieve_vacation_min_period = 0
}}
"""
_NEW = """
protocols {{
  imap = yes
  lmtp = yes
}}
ssl_server_cert_file = {root}/server.crt
ssl_server_key_file = {root}/server.key
auth_allow_cleartext = yes
auth_mechanisms {{
  plain = yes
  login = yes
  xoauth2 = yes
  oauthbearer = yes
}}
mail_home = {root}/mail/%{{user}}
mail_driver = maildir
mail_path = ~/Maildir
oauth2 {{
  introspection_mode = local
  username_attribute = upn
  client_id = {audience}
  client_secret = unused
  issuers {{
    {issuer} = yes
  }}
}}
oauth2_local_validation {{
  dict fs {{
    fs posix {{
      prefix = {root}/keys/
    }}
  }}
}}
passdb passwd-file {{
  default_password_scheme = plain
  passwd_file_path = {root}/users
}}
userdb passwd-file {{
  passwd_file_path = {root}/users
  fields {{
    uid:default = {uid}
    gid:default = {gid}
    home:default = {root}/mail/%{{user}}
  }}
}}
"""
_NEW_SIEVE = """
protocol lmtp {{
  mail_plugins {{
    sieve = yes
  }}
}}
sieve_script personal {{
  path = ~/away.sieve
}}
sieve_extensions {{
  vacation-seconds = yes
}}
sieve_vacation_min_period = 0
"""


@dataclass(frozen=True)
class Wanted:
    """What a configuration is made from."""

    root: Path
    user: str
    group: str
    uid: int
    gid: int
    imap: int
    imaps: int
    lmtp: int
    submission: int
    """Where what it sends itself goes: a vacation's replies."""
    issuer: str
    audience: str
    sieve: bool


def files(version: str, wanted: Wanted) -> dict[str, str]:
    """Name and text of each configuration file, for the Dovecot that says this of its version."""
    boxes = "\n".join(f"  mailbox {name} {{\n    auto = create\n  }}" for name in FOLDERS)
    told = {**vars(wanted), "folders": boxes}
    major, minor = (int(part) for part in version.split(".")[:2])
    if (major, minor) < (2, 4):
        text = _OLD + _COMMON + (_OLD_SIEVE if wanted.sieve else "")
        return {"dovecot.conf": text.format(**told), "oauth2.conf.ext": _OLD_TOKENS.format(**told)}
    head = "dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n"
    return {"dovecot.conf": head + (_NEW + _COMMON + (_NEW_SIEVE if wanted.sieve else "")).format(**told)}
