"""Reference pages made from the declarations: every question of the form, and every finding there can be.

In: declared forms and wordings. Out: Markdown, the same each time. Never: a sentence of its own about a single field.
"""

from collections.abc import Mapping, Sequence

from cluster_sheets.base.finding import Severity, Wording
from cluster_sheets.form.condition import Condition, Test
from cluster_sheets.form.declared import Field, Form, Limit
from cluster_sheets.form.load import SCALES
from cluster_sheets.form.rule import Rule

_MADE = "<!-- Made by `make docs` from {}; change it there. -->"
_KINDS = {
    "text": "text",
    "long-text": "long text",
    "money": "pounds and pence",
    "date": "date, day/month/year",
    "choice": "one of a list",
    "yes-no": "Yes or No",
    "whole-number": "whole number",
    "decimal": "number, two decimals at most",
    "percent": "percentage, one decimal at most",
    "email": "e-mail address",
    "upn": "UPN, 13 characters",
    "urn": "URN, six digits",
    "school": "a school of the register",
}
_PRIVACIES = {
    "identity": "says who it is: never leaves `private/`",
    "free-text": "own words: names taken out, what is in doubt reviewed by the admin",
    "small-number": "a count: never exact below the threshold",
    "withheld": "names nobody, and the panel has no need of it",
    "safe": "tells nothing about who it is",
}
_PANELS = {
    "no": "nothing",
    "as-is": "the answer",
    "redacted": "the answer with identities taken out",
    "key-stage": "the key stage",
    "area-of-need": "the area of need, where the need is rare",
    "broad": "month and year, or how many; `c` for a small number",
}
_SEVERITIES = {
    Severity.RETURN: "back to the sender, to be mended",
    Severity.QUERY: "waits for the admin, who accepts or returns it",
    Severity.NOTE: "only told",
}
_OPERATORS = {"=": "is", "!=": "is not", ">=": "is at least", "<=": "is at most", ">": "is over", "<": "is under"}
_TEXTS = ("text", "long-text", "email", "school")


def form_page(form: Form) -> str:
    """Every question of a form: what is asked, of whom, within which limits, and what becomes of the answer."""
    parts = [
        _MADE.format(f"`schemas/{form.name}.toml`"),
        f"# {form.title}: every question",
        "A word in braces, such as `{weeks_max}`, is a setting of the register. The key is what stands in the hidden"
        " column of the form and never changes; the label may.",
        "What becomes of an answer:",
        *(f"- *{name}*: {told}." for name, told in _PRIVACIES.items()),
    ]
    for sheet in form.sheets:
        parts += [f"## {sheet.name}", sheet.lead]
        parts += [_question(form, field) for field in sheet.fields]
        for table in sheet.tables:
            parts += [f"### {table.title}", table.lead] if table.lead else [f"### {table.title}"]
            parts += [_question(form, column) for column in table.columns]
            parts += [f"**{cell.label}** (`{cell.key}`): worked out by the form, locked." for cell in table.computed]
    return _joined(parts)


def _joined(parts: Sequence[str]) -> str:
    """Paragraphs, with lines of a list close together."""
    text = ""
    for part in parts:
        text += ("\n" if text.rpartition("\n\n")[2].startswith("- ") and part.startswith("- ") else "\n\n") + part
    return text.strip() + "\n"


def _question(form: Form, field: Field) -> str:
    lines = [f"**{_settings(field.label)}** (`{field.key}`)  ", f"{_settings(field.hint)}  "]
    lines.append(f"*Answer:* {_answer(field)}. *Asked:* {_asked(form, field)}.  ")
    heading = f", under ‘{field.panel_label}’" if field.panel != "no" and field.panel_label != field.label else ""
    lines.append(f"*Privacy:* {field.privacy}. *The panel sees:* {_PANELS[field.panel]}{heading}.")
    if field.example:
        lines[2] = f"{lines[2].rstrip()} *Example:* {field.example}  "
    return "\n".join(lines)


def _settings(text: str) -> str:
    """``{setting:weeks_max}`` as a reader sees it."""
    return text.replace("{setting:", "{")


def _answer(field: Field) -> str:
    """Kind and limits of an answer."""
    told = _KINDS[field.kind]
    if field.choices:
        told += ": " + "; ".join(choice.label for choice in field.choices)
    low, high = (_limit(limit, field.kind) for limit in (field.minimum, field.maximum))
    unit = " characters" if field.kind in _TEXTS else ""
    if low and high:
        return f"{told}, {low} to {high}{unit}" if low != high else told
    if high:
        return f"{told}, at most {high}{unit}"
    return f"{told}, at least {low}{unit}" if low else told


def _limit(limit: Limit | None, kind: str) -> str:
    """A bound as a person writes it; empty where there is none."""
    if limit is None:
        return ""
    if limit.setting:
        return f"`{{{limit.setting}}}`"
    figure = (limit.literal or 0) / SCALES.get(kind, 1)
    return f"£{figure:,.2f}" if kind == "money" else f"{figure:,.15g}"


def _asked(form: Form, field: Field) -> str:
    """When an answer is wanted, and when it must be left out."""
    if field.required.always:
        wanted = "always"
    elif field.required.never:
        wanted = "may be left blank"
    else:
        wanted = f"when {condition_in_words(form, field.required, field.table)}; else it may be left blank"
    if field.table:
        wanted += " on each line that is used" if field.required.always else ""
    if not field.forbidden.never:
        wanted += f". Not when {condition_in_words(form, field.forbidden, field.table)}"
    return wanted


def condition_in_words(form: Form, condition: Condition, table: str = "") -> str:
    """A condition as a sentence part: ‘Who will benefit?’ is One pupil."""
    return ", or ".join(" and ".join(_test(form, test, table) for test in tests) for tests in condition.alternatives)


def _test(form: Form, test: Test, table: str) -> str:
    own = f"{table}.{test.name}"
    key = own if form.has(own) else test.name
    label = f"‘{_settings(form.label(key))}’"
    if test.operator in ("given", "blank"):
        return f"{label} is {'answered' if test.operator == 'given' else 'blank'}"
    if test.number is not None:
        return f"{label} {_OPERATORS[test.operator]} {test.number}"
    field = form.field(key)
    values = [value.capitalize() if field.kind == "yes-no" else field.label_of(value) for value in test.values]
    return f"{label} {_OPERATORS[test.operator]} {' or '.join(values)}"


def findings_page(forms: Sequence[Form], register: Mapping[str, Wording]) -> str:
    """Every finding there can be: code, what follows, what is said, what to do."""
    parts = [
        _MADE.format("`schemas/`"),
        "# Every finding",
        "A finding is one thing a person must look at. Its code never changes. Words in braces are filled in: `{field}`"
        " is the question, `{cell}` its cell, `{limit}` the limit, `{typed}` what was typed and `{other}` the figure it"
        " should agree with. The last two are shown only to who has the file, never in a mail, a report or a log.",
        *(f"- *{severity}*: {told}." for severity, told in _SEVERITIES.items()),
    ]
    for form in forms:
        parts += [f"## {form.title}", *(_finding(rule) for rule in form.rules)]
    parts += [
        "## Register",
        "A register with one of these stops the night: nothing is judged by a register that does not hold together.",
        *(f"**`{code}`**  \n{wording.what}  \n*Mend:* {wording.mend}" for code, wording in register.items()),
    ]
    return _joined(parts)


def _finding(rule: Rule) -> str:
    said, _, when = rule.says.partition("never: ")
    truth = f"*Said when:* {when}" if when and not said else f"*True of a good form:* `{rule.says}`"
    return (
        f"**`{rule.code}`** {rule.severity.value}, about `{rule.about}`  \n{rule.wording.what}  \n"
        f"*Mend:* {rule.wording.mend}  \n{truth}"
    )
