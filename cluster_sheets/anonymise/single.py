"""Single: what tells of one child, family or school because there is no other such: the only one, a twin, nobody else.

In: a cleaned text. Out: places of the words that tell it; the whole sentence is asked about.
Never: a count of pupils, which is looked at by its number (``fact``).
"""

import re
from collections.abc import Iterator

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.normal import Clean
from cluster_sheets.anonymise.ways import Way, Ways

FIGURES = ("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBER = rf"(?:{'|'.join(FIGURES[1:])}|\d{{1,2}})"
ONE_PUPIL = r"(?:pupil|child|boy|girl|learner|student|youngster|sibling|twin)"
PUPILS = rf"(?:{ONE_PUPIL}s?|children|young people)"
NOT_BETWEEN = (
    r"(?!(?:for|with|by|in|into|to|of|and|or|from|at|on|per|a|an|the|each|every|as|when|if|so|that|which"
    r"|who|were|was|is|are"
    r"|weeks?|hours?|minutes?|days?|terms?|times?|sessions?|groups?|staff|adults?|assistants?|teachers?"
    r"|schools?|years|half"
    r"|steps?|parts?|words?|lessons?|rounds?|cycles?|points?|months?|classes|pairs?|helps?|helped|our"
    r"|their|his|her)\b)"
)
_RANKS = "only|sole|lone|single|youngest|oldest|eldest|first|last|tallest|shortest|smallest|biggest|loudest"
_OF_RANKS = (
    "only sole lone single youngest oldest eldest first last tallest shortest smallest biggest loudest largest newest"
)
_NO_SCHOOL = "years?|days?|weeks?|terms?|holidays?|months?|trips?|meals?|hours?|phase|needs?|teachers?|staff|bus"
_ONE_SCHOOL = (
    rf"(?:(?:school|academy|college)(?! (?:{_NO_SCHOOL})\b)"
    r"|(?:primary|nursery|infants|juniors)(?= (?:in|of|on|with|without|that|which|near|to)\b|\s*(?:$|[.,;!?)])))"
)
_BETWEEN = rf"(?: {NOT_BETWEEN}[\w\-']+){{0,3}}?"
_OF_FAMILY = "family siblings brothers sisters cousins household"
_ONE = "boy girl child pupil student lad lass kid toddler baby teenager schoolboy schoolgirl"
_SOMEBODY = f"{_ONE} siblings brothers sisters cousins family household"
_ANYBODY = f"(?:{_ONE.replace(' ', '|')})"
_PEOPLE = rf"(?:{'|'.join(sorted(map(re.escape, words.peoples())))})"
"""A language, a nation or a religion."""
_FOLK = "(?:child|boy|girl|pupil|student|learner|lad|lass|family|household|parent|mum|dad|speaker|twins|siblings|one)"
_WAYS = Ways(
    (
        Way(rf"(?:only|sole|lone) (?:[\w'\-]+ ){{0,2}}?{_PEOPLE}\b", "only sole lone", words.peoples()),
        Way(
            rf"(?:one|single|first|last|second) (?:[\w'\-]+ ){{0,2}}?{_PEOPLE}[ \-](?:speaking )?{_FOLK}\b",
            "one single first last second",
            words.peoples(),
        ),
        Way(
            rf"(?:nobody|no one|no-one|none|not another|no other) (?:[\w'\-]+ ){{0,4}}?{_PEOPLE}\b",
            "nobody no none not",
            words.peoples(),
        ),
        Way(
            rf"the (?:[\w'\-]+ )?{_PEOPLE}[ \-](?:speaking )?(?:boy|girl|lad|lass|twins|family|household)\b",
            words.peoples(),
            "boy girl lad lass twins family household",
        ),
        Way(
            rf"(?:last|first|one|only|sole|two|three|four|both|whole) of (?:our|the|these"
            rf"|those) (?:[\w'\-]+ ){{0,2}}?{_PEOPLE}\b",
            "last first one only sole two three four both whole",
            words.peoples(),
        ),
        Way(
            rf"(?:two|three|four|both|the|our) (?:[\w'\-]+ )?{_PEOPLE}"
            r" (?:brothers|sisters|siblings|cousins|twins|children who|boys who|girls who|speaker)\b",
            words.peoples(),
            "brothers sisters siblings cousins twins who speaker",
        ),
        Way(
            rf"an? (?:[\w'\-]+ )?{_PEOPLE}[ \-](?:speaking )?(?:refugee|orphan|speaker(?= who| newly| in | and |,))",
            words.peoples(),
            "refugee orphan speaker",
        ),
        Way(r"(?:triplets|quads?|quadruplets?|one of (?:the )?triplets|a triplet)\b", "triplets triplet quads quad"),
        Way(
            rf"(?:{_RANKS}){_BETWEEN}"
            rf" (?:{ONE_PUPIL}|lad|lass|kid|ch|wheelchair user|user|twins|siblings|family|families|couple|parents)\b",
            _OF_RANKS,
        ),
        Way(
            r"(?:only|sole) (?:year \w+|y\d\d?|reception|nursery)(?: \w+){0,2}? (?:who|on|with|in|without|still"
            r"|to)\b",
            "only sole",
        ),
        Way(rf"(?:youngest|oldest|eldest) of (?:{NUMBER}|the)\b", "youngest oldest eldest"),
        Way(
            r"(?:only(?! (?:reached|came|went|got|left|joined|moved|told|knew|met))|sole|first"
            r"|last(?! (?:year|term|week|month))|youngest|oldest|smallest|largest|biggest|newest)"
            rf"{_BETWEEN} {_ONE_SCHOOL}\b",
            _OF_RANKS,
            "school academy college primary nursery infants juniors",
        ),
        Way(
            r"(?:the|our|my|its|their|his|her|an) (?:only|sole)(?: [\w\-']+){1,6}? (?:in|of|at|on|within|from)"
            r" (?:the|our|this) (?:whole |entire )?"
            r"(?:cluster|school|city|county|area|locality|district|town|borough|trust|federation|class|year)\b",
            "only sole",
        ),
        Way(rf"one of (?:only|just) {NUMBER}\b", "only just"),
        Way(
            r"(?:the|our) (?:only|sole) (?!adult|staff|one|person|thing|teacher|ta|member|way)"
            r"(?:year \w+|[\w\-]+) (?:who|whose)\b",
            "only sole",
        ),
        Way(
            r"one of (?:\w+ )?(?:known|recorded|reported|such) (?:cases|children|people|families)\b",
            "known recorded reported such",
        ),
        Way(r"(?:the|our) one (?:who|whose|with|school|child|pupil|boy|girl|family)\b", "one"),
        Way(
            r"the only one(?:s)? (?:who|whose|that|with|from|in|of|at|on|here|there|[\w\-]+ing|to (?:have|be))\b",
            "only",
        ),
        Way(
            r"(?:the|our) one (?:year \w+|reception|nursery|infant|junior)"
            r" (?:[\w'\-]+ ){0,3}?(?:who|whose|that|with|still)\b",
            "one",
        ),
        Way(
            r"(?:only|first|second|third) (?:\w+ )?case (?:[\w']+ ){0,5}(?:seen|known|met|in|of|here|has"
            r"|had)\b",
            "case",
        ),
        Way(r"(?:nobody|no one|no-one) else (?:in|on|at|here|has|uses|is|who)\b", "else"),
        Way(r"no (?:other|second) (?:child|pupil|school|academy|family|boy|girl|learner|household)\b", "other second"),
        Way(r"never had an? (?:child|pupil|student|learner) (?:with|like|who)\b", "never"),
        Way(r"(?:had|has|have) never (?:before|yet) (?:placed|had|taken|seen|admitted|met|taught|educated)\b", "never"),
        Way(r"apart from (?:him|her|them)\b", "apart"),
        Way(rf"(?:{NUMBER}|\d+) (?:boys|girls|pupils|children) and (?:him|her)\b", "boys girls pupils children"),
        Way(r"the whole of year \w+ (?:is|are)\b", "whole"),
        Way(r"alone (?:in|among|amongst) (?:the|our|his|her)\b", "alone"),
        Way(r"unlike any other\b", "unlike"),
        Way(r"(?:single|lone|sole) \w+[\- ]speak\w+", "single lone sole"),
        Way(r"(?:the|our) (?:quadruplets|quads|quintuplets)\b", "quadruplets quads quintuplets"),
        Way(
            rf"the {_ANYBODY} (?:left|\w+(?:ed|ung|itten|own|ound|ost|ught|orn)) (?:by|in|at|on|from|alone)\b",
            _SOMEBODY,
        ),
        Way(r"(?:the|a) (?:family|siblings|brothers|sisters|cousins|household) (?:who|whose|that)\b", _OF_FAMILY),
        Way(r"(?:is|was) the family (?:the|that|who|whose|our)\b", "family"),
        Way(
            r"(?:we are|are|is|being) the (?:only )?(?:school|academy) (?:whose|which|that|where|with)\b",
            "school academy",
        ),
        Way(r"(?:only|sole|just) (?:one |the one )?[\w\-]+ speaker\b", "speaker"),
        Way(r"the (?:last|first) (?:man|woman|child|boy|girl|one|person) (?:out|off|in|through|to be)\b", "last first"),
        Way(
            r"(?:tallest|shortest|smallest|youngest|oldest|loudest|biggest|heaviest) (?:in|of) (?:the |our |all )?"
            r"(?:whole )?(?:school|class|year|cluster|family|city)\b",
            _OF_RANKS,
        ),
        Way(
            r"(?:the|our) only (?!thing|time|way|place|adult|person|one|part|lesson|room|staff)[a-z]+"
            r" (?:with an?|whose)\b",
            "only",
        ),
        Way(r"what (?:marks|sets) (?:the|this|him|her|them)[\w ]{0,12} (?:out|apart)\b", "marks sets"),
        Way(rf"the (?:\w+ )?{_ANYBODY} (?:who|whose|with the|with an?|in the|from the)\b", _SOMEBODY),
        Way(r"(?:'s|is|was) the (?:[\w\-]+ ){1,2}one (?:with the|with an?|who|whose)\b", "one"),
        Way(
            r"(?:a|an|the|his|her|their|whose|\w+'s)(?: (?:older|elder|younger|little|big|own|identical|half|twin))?"
            r" (?:twin|triplet|brother|sister|sibling)(?![\w\-])(?! (?:schools?|academy|rooms?|tracks?|aims?))",
            "twin triplet brother sister sibling",
        ),
        Way(r"(?:the|our|identical|of|both|these) (?:twins|triplets)\b", "twins triplets"),
        Way(r"(?:two|both) (?:mums|dads|mothers|fathers)\b", "mums dads mothers fathers"),
        Way(r"(?:our|the) (?:only |one |young )?wheelchair user\b", "wheelchair"),
        Way(rf"{_ANYBODY} in (?:the|a) (?:power |electric )?wheelchair\b", "wheelchair"),
        Way(
            r"(?:everyone|everybody|anyone|anybody|people|nobody) (?:[\w'\-]+ ){0,4}?"
            r"(?:knows?|remembers?|recognises?|has heard of)"
            r" (?:the (?:family|families|child|boy|girl|case|story|house|name|lad|lass|pupil|twins|brothers"
            r"|sisters|mum"
            r"|dad)|him|her|them|of|about|who|this|that)\b",
            "knows know remembers remember recognises recognise heard",
        ),
        Way(
            r"(?:well[ -])?known (?:to|in|across|around|over) (?:everyone|everybody|the whole|half|most of|every)\b",
            "known",
            "everyone everybody whole half most every",
        ),
        Way(r"(?:head (?:boy|girl)|may queen|carnival queen|school captain)\b", "boy girl queen captain"),
        Way(r"shares? (?:a|his|her|their|the) (?:\w+ )?(?:name|surname|birthday) with\b", "name surname birthday"),
        Way(rf"(?:that|the same) {_ANYBODY} (?:from|in|off|who|whose|with)\b", _SOMEBODY),
    )
)


def singled_out(text: Clean) -> Iterator[tuple[int, int]]:
    """Where it is told."""
    yield from _WAYS.told(text)
