"""What ships for the pilot."""

from cluster_sheets.form.shipped import form
from cluster_sheets.register.defaults import schools, settings, sources
from cluster_sheets.register.settings import fault

NAMES = {each.name for each in settings()}


def test_every_setting_has_a_note_and_a_default_that_fits_its_type() -> None:
    assert [each.name for each in settings() if not each.note or fault(each)] == []
    assert len(NAMES) == len(settings()) == 106


def test_every_setting_says_where_its_default_comes_from() -> None:
    assert set(sources()) == NAMES
    assert set(sources().values()) == {"The guide", "Published", "Judgement"}


def test_every_setting_that_the_form_names_is_there() -> None:
    application = form("application")
    named = {limit.setting for each in application.fields for limit in (each.minimum, each.maximum) if limit}
    named |= {each.limit.name for each in application.rules if each.limit and each.limit.kind == "setting"}
    assert named - {""} <= NAMES
    assert application.version_setting in NAMES


def test_the_pilot_has_25_schools_each_once_and_all_that_is_required_of_them() -> None:
    required = ("urn", "name", "phase", "cluster", "member_from")
    assert len({each["urn"] for each in schools()}) == len(schools()) == 25
    assert [each["name"] for each in schools() if not all(each[name] for name in required)] == []


def test_no_real_mail_domain_ships() -> None:
    assert {each["email_domains"] for each in schools()} == {""}
