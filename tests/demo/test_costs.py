from random import Random

from cluster_sheets.demo.costs import costs
from cluster_sheets.demo.texts import themes
from cluster_sheets.demo.written import label
from cluster_sheets.form.template_sums import line_pence


def test_lines_come_to_what_each_pays_and_stay_below_the_cap() -> None:
    for theme in themes():
        if theme.purpose == "ADVICE":
            continue
        for cap in (500_000, 90_000):
            made = costs(theme, 20, cap, label, Random(f"{theme.name}{cap}"))
            by = {"Cluster": 0, "School": 0, "Other": 0}
            for line in made.lines:
                by[str(line["paid_by"])] += line_pence(line) or 0
            assert by == {"Cluster": made.asked, "School": made.school, "Other": made.other}
            assert 0 < made.asked <= cap
            assert bool(made.source) == bool(made.other)
