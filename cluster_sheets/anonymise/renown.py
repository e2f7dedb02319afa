"""Renown: what many saw or read of a family: a race won, a parade, a bus in the front room; and whose youngest it is.

In: a cleaned text. Out: places of the words that tell it; the whole sentence is asked about.
Never: a guess at feelings, needs or support, which is what a request is made of.
"""

from collections.abc import Iterator

from cluster_sheets.anonymise.life import JOB, MANY, NEWS, SOME, firsts, keys, way
from cluster_sheets.anonymise.normal import Clean
from cluster_sheets.anonymise.ways import Ways

_WAYS = Ways(
    (
        way(
            rf"{JOB}'s {SOME}(?:youngest|eldest|oldest|firstborn|twins|baby|middle one|only one)"
            r"(?! (?:class|pupils|children|year|learners|group|room))",
            keys("job"),
            "youngest eldest oldest firstborn twins baby middle only",
            starts=firsts("job"),
        ),
        way(
            rf"(?:{MANY}) children in (?:the|his|her|their|this|that) (?:family|house|household|home)",
            "family house household home",
            "children",
        ),
        way(
            r"(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth) (?:one )?(?:to (?:come"
            r"|join|attend)"
            r"|(?:of|from) (?:the|his|her|their) (?:family|brothers|sisters|siblings|household))",
            "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
        ),
        way(
            rf"the (?:local |national |regional )?{NEWS}"
            r" (?:wrote|printed|ran|told|reported|covered|called|filmed|photographed|featured|carried|broke"
            r"|interviewed)",
            keys("news"),
            "wrote printed ran told reported covered called filmed photographed featured carried broke interviewed",
        ),
        way(
            r"(?:came|placed|finished|ranked|was) (?:first|second|third|fourth|fifth|runner[ -]up"
            r"|joint \w+) (?:in|at)"
            r" (?:[\w'\-]+ ){1,6}?(?:finals?|championships?|competition|contest|tournament|games|cup|olympiad"
            r"|race|bee)",
            "first second third fourth fifth runner runnerup joint",
            "final finals championship championships competition contest tournament games cup olympiad race bee",
        ),
        way(
            r"(?:rode|rides|led|leads|marched|marches|danced|dances|walked|walks|sang|sings|played|plays|carried"
            r"|carries"
            r"|starred|appeared|performed|performs|dressed) (?:[\w'\-]+ ){0,3}?(?:in|at|on) (?:the|a|our|this|last)"
            r" (?:[\w'\-]+ ){0,4}?(?:parade|procession|pageant|carnival|gala|coronation|jubilee|pantomime|mela)",
            "parade procession pageant carnival gala coronation jubilee pantomime mela",
        ),
        way(
            r"(?:house|home|flat|shop|garden|roof|street|car|boat|caravan|farm|pub) (?:is|was) the one"
            r" (?:that|which|where|whose|with|the|in|on|they|everybody|everyone)",
            "house home flat shop garden roof street car boat caravan farm pub",
            "one",
        ),
        way(
            r"(?:bus|car|lorry|van|tram|train|tractor|tree|plane|crane|digger|truck|taxi) (?:went|drove|crashed"
            r"|ploughed|fell"
            r"|came|ran|smashed|landed|skidded|hit) (?:in|into|onto|on|through|down on)?"
            r" ?(?:their|his|her|the family|the (?:front|wall|kitchen|roof|side) of)",
            "went drove crashed ploughed fell came ran smashed landed skidded hit",
            "bus car lorry van tram train tractor tree plane crane digger truck taxi",
        ),
    )
)


def renowned_for(text: Clean) -> Iterator[tuple[int, int]]:
    """Where it is told."""
    yield from _WAYS.told(text)
