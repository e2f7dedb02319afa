"""What a form takes from the register: the same for the form a school is given and for the copy it gets back."""

from datetime import date

from cluster_sheets.form.filled import Scheme
from cluster_sheets.register.model import Register


def scheme(register: Register, cluster: str, day: date) -> Scheme:
    """The scheme as a form of ``cluster`` tells it: partners are chosen from its members on ``day``."""
    return Scheme(
        schools=tuple(school.name for school in register.members_on(cluster, day)),
        years=register.settings.listed("years_accepted"),
        bound=register.settings.number,
        words=register.settings.words,
    )
