from dataclasses import replace

from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.rules import MailRules
from cluster_sheets.register.settings import Settings
from cluster_sheets.store.replies import OWN_DOMAIN
from tests.register.made import REGISTER


def test_the_settings_that_ship_trust_nothing() -> None:
    assert MailRules.of(REGISTER.settings) == MailRules(Limits(), "", OWN_DOMAIN, folder_trusted=False)


def test_the_exchanger_and_the_folder_are_settings() -> None:
    lines = dict(REGISTER.settings.lines)
    for name, value in (("mail_authserv_name", " MX.Council.test "), ("folder_trusted", "yes")):
        lines[name] = replace(lines[name], value=value)
    told = MailRules.of(Settings(lines))
    assert (told.exchanger, told.folder_trusted) == ("mx.council.test", True)
