"""The reference pages: every question and every finding, in words."""

from cluster_sheets.form.reference import condition_in_words, findings_page, form_page
from cluster_sheets.form.shipped import form
from cluster_sheets.register.sheet import declared

FORM = form("application")
PAGE = form_page(FORM)


def test_every_question_is_told_with_its_key_label_and_hint() -> None:
    for field in FORM.fields:
        told = next(part for part in PAGE.split("\n\n") if f"(`{field.key}`)" in part)
        assert told.startswith(f"**{field.label.replace('{setting:', '{')}**")
        assert field.hint.replace("{setting:", "{") in told
        assert f"*Privacy:* {field.privacy}." in told


def test_a_question_is_told_with_limits_and_when_it_is_asked() -> None:
    told = next(part for part in PAGE.split("\n\n") if "(`minimum_viable`)" in part)
    assert told == (
        "**Least that would still be useful** (`minimum_viable`)  \n"
        "If the pot is nearly empty, the panel may offer less, but not less than this.  \n"
        "*Answer:* pounds and pence, at least £0.01. *Asked:* when ‘Is this for a project, an unforeseen need, or"
        " advice only?’ is Project; else it may be left blank. Not when ‘Is this for a project, an unforeseen need, or"
        " advice only?’ is Advice, no money. *Example:* 3200.00  \n"
        "*Privacy:* safe. *The panel sees:* the answer, under ‘Least’."
    )


def test_a_condition_reads_as_a_sentence() -> None:
    said = condition_in_words(FORM, FORM.field("other_funding_source").required)
    assert said == (
        "‘Other money’ is over 0 and ‘Is this for a project, an unforeseen need, or advice only?’ is not"
        " Advice, no money"
    )


def test_every_finding_is_told_with_what_follows_and_what_to_do() -> None:
    told = findings_page([FORM], declared()[1])
    for rule in FORM.rules:
        assert f"**`{rule.code}`** {rule.severity.value}," in told
        assert rule.wording.what in told
        assert f"*Mend:* {rule.wording.mend}" in told
    for code, wording in declared()[1].items():
        assert f"**`{code}`**  \n{wording.what}" in told
