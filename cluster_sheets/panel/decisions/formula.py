"""Formulas of a decisions workbook. What each comes to is worked out in ``sums``, and a test compares them.

Only functions that Excel 2016 and LibreOffice 7.4 both know. An award is read once, as the night reads it, so that an
amount typed as text counts and a word typed where an amount belongs breaks nothing; all other sums speak of that cell.
"""

from collections.abc import Sequence

from cluster_sheets.base.cell import address, letters
from cluster_sheets.form.declared import Field
from cluster_sheets.panel.decisions import sums
from cluster_sheets.panel.decisions.fund import Fund, Purse
from cluster_sheets.panel.decisions.place import (
    BEFORE,
    CASE_AWARD,
    CASE_FUND,
    DECIDED,
    FITS,
    FUNDS_FIRST,
    GIVEN,
    IN_WORDS,
    Places,
)
from cluster_sheets.panel.decisions.view import ADVICE
from cluster_sheets.store.decisions import ADVICE_ONLY, AGREED, GIVES, LESS, WITH_CONDITIONS


def text(words: str) -> str:
    """Text inside a formula."""
    doubled = words.replace('"', '""')
    return f'"{doubled}"'


def chosen(cell: str, outcome: Field, codes: Sequence[str]) -> str:
    """True where a box shows one of some outcomes."""
    tests = [f"TRIM({cell})={text(outcome.label_of(code))}" for code in codes]
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


def award(places: Places, line: int) -> str:
    """The amount in a line's box, typed as a number or as text such as ``£1,500``; nought where it is none.

    Text counts where it is digits and one point at most, once pound sign, commas and gaps are gone: what VALUE would
    take besides (a date, a percentage) comes back from TEXT as something else.
    """
    box = places.cell(DECIDED, "award", line)
    typed = f'SUBSTITUTE(CLEAN({box}),"£","",1)'
    for gap in sums.BETWEEN:
        typed = f"SUBSTITUTE({typed},{text(gap)},{text('')})"
    digits = f'SUBSTITUTE({typed},".","",1)'
    is_amount = f'TEXT(VALUE({digits}),REPT("0",LEN({digits})))={digits}'
    return f"=IF(ISNUMBER({box}),ROUND({box},2),IFERROR(IF({is_amount},ROUND(VALUE({typed}),2),0),0))"


def parts(places: Places, line: int) -> dict[str, str]:
    """For each council year the part of a line's award that falls in it: by days, the odd penny in the last."""
    award = places.award(line)
    days = places.case(line).days
    whole = sum(each for _, each in days)
    made = {year: f"=INT(ROUND({award}*100,0)*{each}/{whole})/100" for year, each in days[:-1]}
    if days:
        row = places.cases_first + line + 1
        others = "".join(f"-{_letter(places, year)}{row}" for year, _ in days[:-1])
        made[days[-1][0]] = f"=ROUND({award}{others},2)"
    return made


def _letter(places: Places, year: str) -> str:
    return letters(places.year_column(year))


def given(places: Places, purse: Purse) -> str:
    """Sum of all awards from a fund in a year."""
    funds, amounts = places.of_cases(CASE_FUND), places.of_cases(places.year_column(purse[2]))
    return f"=ROUND(SUMIFS({amounts},{funds},{text(places.fund_words(purse[:2]))}),2)"


def given_from(places: Places, fund: Fund) -> str:
    """Sum of all awards from a fund, whatever year they belong to."""
    amounts, funds = places.of_cases(CASE_AWARD), places.of_cases(CASE_FUND)
    return f"=ROUND(SUMIFS({amounts},{funds},{text(places.fund_words(fund))}),2)"


def left_after(places: Places, line: int) -> str:
    """What is left of the meeting's year after a line."""
    fund, year = places.case(line).fund, places.view.year
    if fund is None:
        return '="z"'
    amounts = places.of_cases(places.year_column(year), last=line)
    funds = places.of_cases(CASE_FUND, last=line)
    before = places.purse((*fund, year), BEFORE)
    return f"=ROUND({before}-SUMIFS({amounts},{funds},{text(places.fund_words(fund))}),2)"


def stands(places: Places, outcome: Field, line: int) -> str:
    """How a line stands, in two or three words."""
    case = places.case(line)
    box = places.here(DECIDED, "outcome", line)
    pence = f"ROUND({places.award(line)}*100,0)"

    def cleared(otherwise: str) -> str:
        return f"IF({pence}<>0,{text(sums.CLEAR)},{otherwise})"

    if case.purpose == ADVICE:
        fits = chosen(box, outcome, sums.OF_ADVICE)
        rest = f"IF({fits},{cleared(text(sums.NO_MONEY))},{text(sums.ADVISE)})"
    else:
        advised = f"IF({chosen(box, outcome, (ADVICE_ONLY,))},{text(sums.NOT_ADVICE)},{text(sums.NO_MONEY)})"
        gives = _gives(places, outcome, line, box, pence)
        rest = f"IF({chosen(box, outcome, GIVES)},{gives},{cleared(advised)})"
    return f'=IF(TRIM({box})="",{text(sums.TO_DECIDE)},{rest})'


def _gives(places: Places, outcome: Field, line: int, box: str, pence: str) -> str:
    asked, least = (f"ROUND(N({places.here(DECIDED, name, line)})*100,0)" for name in ("asked", "least"))
    left = places.here(DECIDED, "left_after", line)
    tests = (
        (f"{pence}<=0", sums.TYPE_IT),
        (f"{pence}>{asked}", sums.ABOVE),
        (f"AND({chosen(box, outcome, (AGREED,))},{pence}<>{asked})", sums.NOT_AS_ASKED),
        (f"AND({chosen(box, outcome, (LESS,))},{pence}={asked})", sums.NOT_LESS),
        (f"{pence}<{least}", sums.BELOW),
        (f"N({left})<0", sums.OVERDRAWN),
        (f"{pence}={asked}", sums.IN_FULL),
    )
    made = text(sums.IN_PART)
    for test, words in reversed(tests):
        made = f"IF({test},{text(words)},{made})"
    return made


def wanted(places: Places, outcome: Field, line: int) -> str:
    """Which words are still to be written about a line's case."""
    box = places.cell(DECIDED, "outcome", line)
    short = {
        name: f"LEN(TRIM({places.here(IN_WORDS, name, line)}))<{sums.fewest(places.form, name)}"
        for name in ("conditions", "feedback")
    }
    no_conditions = f"AND({chosen(box, outcome, (WITH_CONDITIONS,))},{short['conditions']})"
    no_feedback = f"AND({chosen(box, outcome, sums.NEEDS_FEEDBACK)},{short['feedback']})"
    rest = f"IF({no_feedback},{text(sums.FEEDBACK)},{text(sums.NOTHING)})"
    return f'=IF(TRIM({box})="","",IF({no_conditions},{text(sums.CONDITIONS)},{rest}))'


def progress(places: Places) -> str:
    """How far the chair has come, and what is left of each fund for this year."""
    boxes = places.all_lines(DECIDED, "outcome")
    told = f"=COUNTA({boxes})&{text(f' of {places.lines} cases decided')}"
    for fund, words in places.view.funds.items():
        purse = (*fund, places.view.year)
        amount = f"{places.purse(purse, BEFORE)}-{places.purse(purse, GIVEN)}"
        left = f'TEXT({amount},"£#,##0.00")'
        told += f"&{text(f'. {words}: ')}&{left}&{text(f' left of {places.view.year}')}"
    return f'{told}&"."'


def to_write(places: Places) -> str:
    """How many texts the chair has still to write."""
    boxes = places.all_lines(IN_WORDS, "wanted")
    counts = "+".join(f"COUNTIF({boxes},{text(words)})" for words in (sums.CONDITIONS, sums.FEEDBACK))
    return f'=IF({counts}=0,{text(sums.ALL_WRITTEN)},({counts})&" still to write.")'


def all_fits(places: Places) -> str:
    """Whether every fund holds what is given from it."""
    first, last = FUNDS_FIRST, FUNDS_FIRST + len(places.view.purses) - 1
    results = f"{address(first, FITS)}:{address(last, FITS)}"
    return f"=IF(COUNTIF({results},{text(sums.OVERDRAWN)})=0,{text(sums.HELD)},{text(sums.NOT_HELD)})"
