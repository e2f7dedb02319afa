"""Life: what a family is known by: its work, its home, what befell it and was in the news.

In: a cleaned text. Out: places of the words that tell it; the whole sentence is asked about.
Never: a guess at feelings, needs or support, which is what a request is made of.
"""

import re
from collections.abc import Iterator, Sequence

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.normal import Clean, words_of
from cluster_sheets.anonymise.ways import Phrases, Way, Ways

_BLANK = re.escape(" ")


def _any_of(kind: str) -> str:
    told = sorted(words.life(kind), key=lambda each: (-len(each), each))
    return f"(?:{'|'.join(re.escape(each).replace(_BLANK, '[ -]') for each in told)})s?"


_KIN = (
    "(?:(?:step-?|grand|foster |birth )?(?:mummy|mum|mam|mother|daddy|dad|father|parent|carer|ma|pa)|nan|nana|nanny"
    "|granny|gran|grandma|grandad|grandpa"
    "|aunt|auntie|uncle|cousin|brother|sister|guardian|husband|wife|partner|family)s?"
)
JOB = _any_of("job")
_BUSINESS = _any_of("business")
_HOME = _any_of("home")
NEWS = _any_of("news")
_CHILD = _any_of("child")
_FEATURE = _any_of("feature")
_OF_SCHOOL = _any_of("of-school")
_ANIMAL = _any_of("animal")
_RIDE = _any_of("ride")
_CONDITION = _any_of("condition")
_RARE_FEW = "(?:few|handful of|couple of|dozen|hundred) (?:dozen |hundred |known )?"
_TENS = "(?:dozens|scores|hundreds|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|a hundred|[2-9]\\d|1\\d\\d)"
_FOSTERING = "foster fostered fostering fosters"
MANY = "five|six|seven|eight|nine|ten|eleven|twelve|thirteen|[5-9]|1\\d"
_MORE = r"(?:[\w'\-]+ ){0,5}?"
SOME = r"(?:[\w'\-]+ ){0,3}?"
"""A few words between."""
_IS = r"(?:is|are|was|were|used to be|has been|have been|works?|working|worked|plays?) (?:as |both |the )?"
_KEEPS = (
    r"(?:runs?|ran|owns?|own most of|owned|keeps?|kept|manages?|managed|drives?|drove|built|founded|coaches|coached"
    r"|captains?|chairs?|conducts?|leads?|presents?|painted|paints|cooks?|cooked|cleans|cleaned|fits|fitted"
    r"|sells?|sold|set up|started|opened|delivers?|bakes?|rang|rings|stars? in|judges?"
    r"|plays? (?:in|for)|are both in|serves? (?:in|on)|works? (?:in|at|on|for)) "
)
_BY_A = r"(?:on|in|at|above|behind|opposite|beside|under|next to|over|inside|was|is) (?:the|an?) "
_LIVES = r"(?:lives?|living|lived|moored|housed|winters?|wintered|camps?|camped|parked|lane|home was|home is) "


def _key(told: Sequence[str]) -> str:
    """The word of a thing that fewest texts have."""
    everyday = words.near("everyday")
    return max(told, key=lambda word: (word not in everyday, len(word)))


def keys(kind: str) -> frozenset[str]:
    """A word of each thing of a kind, as ``Clean.line`` has it: without one of them none is told."""
    keys = {_key(words_of(each)) for each in words.life(kind)}
    return frozenset(keys | {f"{word}s" for word in keys})


def way(pattern: str, *needs: str | frozenset[str], starts: frozenset[str] = frozenset()) -> Way:
    """A way of telling it, up to the end of a word."""
    return Way(rf"(?:{pattern})\b", *needs, starts=starts)


def firsts(kind: str) -> frozenset[str]:
    """The first word of each thing of a kind."""
    return frozenset(f"{words_of(each)[0]}{end}" for each in words.life(kind) for end in ("", "s"))


_OF_KIN = frozenset(
    f"{before}{word}{after}"
    for word in re.findall(r"[a-z]{2,}", _KIN)
    for before in ("", "step", "grand")
    for after in ("", "s")
)
_WAYS = Ways(
    (
        way(rf"{_KIN},? (?:who |of one of them )?{SOME}{_IS}{_MORE}{JOB}", _OF_KIN, keys("job"), starts=_OF_KIN),
        way(rf"{_KIN},? (?:who )?{SOME}{_KEEPS}{_MORE}{_BUSINESS}", _OF_KIN, keys("business"), starts=_OF_KIN),
        way(rf"(?:lady|man|woman|couple|neighbour|one) who {_KEEPS}{SOME}{_BUSINESS}", "who", keys("business")),
        way(
            rf"(?:changed|moved|been (?:at|to|in|through)|attended|had) (?:school |schools )?(?:{MANY})"
            r" (?:times|schools)",
            "times schools",
        ),
        way(rf"only (?:{MANY}|two|three|four) (?:living |known |other )?(?:people|families|children|cases)", "only"),
        way(rf"(?:{MANY}|two|three|four|few) known cases", "cases"),
        way(
            rf"{_LIVES}{SOME}{_BY_A}{SOME}{_HOME}",
            "live lives living lived moored housed winter winters wintered camp camps camped parked lane home",
            keys("home"),
        ),
        way(rf"(?:in|on|made|by) (?:the |a )?(?:local |national |regional |daytime )?{NEWS}", keys("news")),
        way(rf"{_OF_SCHOOL} (?:[\w'\-]+ ){{0,8}}?{_FEATURE}", keys("feature"), keys("of-school")),
        way(rf"{_FEATURE} (?:[\w'\-]+ ){{0,5}}?(?:our|the) {_OF_SCHOOL}", keys("feature"), keys("of-school")),
        way(
            rf"(?:keeps?|kept|breeds?|bred|races?|raced|rears?) {SOME}{_ANIMAL}",
            keys("animal"),
            "keep keeps kept breed breeds bred race races raced rear rears",
        ),
        way(
            rf"(?:school|comes?|came|travels?|arrives?) {SOME}(?:by|on|in) (?:an? |the |their |his |her )?"
            rf"(?:back of an? )?{_RIDE}",
            keys("ride"),
            "school come comes came travel travels arrive arrives",
        ),
        way(
            r"school of (?:only |just |about )?\d{1,3}(?! (?:staff|adults|teachers))",
            "school",
            starts=frozenset(("school",)),
        ),
        way(
            rf"{_BUSINESS} {_MORE}belongs? to (?:his|her|their|the) {_KIN}",
            _OF_KIN,
            keys("business"),
            "belong belongs belonged",
        ),
        way(
            rf"{_RARE_FEW}(?:other )?(?:people|families|children) in (?:the|britain|england)",
            "few handful dozen",
            "people families children",
        ),
        way(
            rf"(?:built|housed) (?:inside|on|in|under|beside|above|into|against) (?:the|an?) {SOME}{_FEATURE}",
            keys("feature"),
            "built housed",
        ),
        way(r"\d{2,4} (?:pupils |children |boys and girls )?on (?:our |the )?roll", "roll"),
        way(r"born (?:at|in|on|aboard|during) (?:only |just )?[\w\-]+ weeks", "weeks", "born"),
        way(
            rf"(?:{MANY}) (?:brothers|sisters|siblings|cousins|half-\w+)|all (?:{MANY}) children"
            rf"|famil(?:y|ies) (?:of|with) (?:the )?(?:{MANY})(?: children)?"
            rf"|(?:youngest|oldest|eldest|last|middle|child|baby) of (?:the )?(?:{MANY})(?! (?:weeks|months|classes))",
            "children brothers sisters siblings cousins family families youngest oldest eldest last middle child baby",
        ),
        way(
            rf"{_KIN} {SOME}(?:teach|teaches|taught) (?:year|reception|here|at|the|in)",
            _OF_KIN,
            "teaches teach taught",
        ),
        way(rf"{_KIN}, (?:an?|the|once an?|now an?) {SOME}{JOB}", _OF_KIN, keys("job"), starts=_OF_KIN),
        way(rf"{_KIN} (?:and {SOME}{_KIN} )?both have (?:a child|children)", _OF_KIN, "both", starts=_OF_KIN),
        way(rf"in (?:the same )?class with (?:his|her|their) {_KIN}", _OF_KIN, "class"),
        way(rf"{_KIN} {SOME}(?:plays?|played) the [a-z]+ (?:at|in|for)", _OF_KIN, "play plays played", starts=_OF_KIN),
        way(
            r"lost (?:his|her|their|an?|one|both|the) (?:left |right |sight of an? )?"
            r"(?:legs?|arms?|hands?|f(?:oo|ee)t|eyes?|ears?|fingers?|thumbs?|toes?|sight|hearing|hair)",
            "lost",
        ),
        way(
            r"(?:home|house|flat|caravan|boat|shop|pub)s? (?:was |were |had been |had )?"
            r"(?:burn\w+|set on fire|flooded|condemned|raided|demolished|repossessed|firebombed|washed away|bombed)",
            "home house flat caravan boat shop pub homes houses flats caravans",
        ),
        way(
            r"(?:hit|knocked down|run over|struck|dragged|trapped) (?:by|under) (?:an?|the)"
            r" (?:tram|train|bus|car|lorry|van|taxi|motorbike|motorcycle|bike|coach|tractor|milk float|dustcart)",
            "tram train bus car lorry van taxi motorbike motorcycle bike coach tractor float dustcart",
        ),
        way(r"(?:lives?|lived|living) (?:above|over|behind) (?:the|an?) [a-z]+", "live lives lived living"),
        way(rf"carers? (?:for|of|to) (?:his|her|their|an?) {SOME}{_KIN}", _OF_KIN, "carer carers"),
        way(
            rf"{_KIN} (?:is|are|was|both) {SOME}(?:in|uses?|using) (?:an? )?wheelchairs?",
            _OF_KIN,
            "wheelchair wheelchairs",
        ),
        way(
            r"(?:shares?|shared|sharing) (?:our|its|their|an?|the) (?:site|building|hall|playground|gates?|drive|field)"
            r" with",
            "share shares shared sharing",
        ),
        way(
            r"(?:building|school|hall|site|nursery) (?:was once|used to be|was built as|was formerly|began as)"
            r" (?:the|an?)",
            "once used built formerly began",
        ),
        way(
            r"(?<!a )(?<!one )(?:fifth|sixth|seventh|eighth|ninth|tenth|eleventh) of"
            rf" (?:{MANY})(?! (?:weeks|months|sessions))",
            "fifth sixth seventh eighth ninth tenth eleventh",
        ),
        way(r"born (?:on|beside|by|near|off) the [am]\d{1,4}", "born"),
        way(
            r"(?:took|taking|taken|takes) (?:the |our |his |her )?(?:\w+ )?"
            r"(?:school|council|la|lea|authority|trust|hospital) to (?:the )?(?:tribunal|court)",
            "tribunal court",
        ),
        way(
            rf"{JOB}(?: is|, who is| was|,) (?:his|her|their|the pupil's) {SOME}{_KIN}",
            _OF_KIN,
            keys("job"),
            starts=firsts("job"),
        ),
        way(rf"{_KIN}[\w ,'\-]{{0,40}} in the same (?:class|year)", _OF_KIN, "class year", starts=_OF_KIN),
        way(
            rf"{_KIN} {SOME}(?:keeps?|kept|runs?|ran|owns?|owned|has|have|rents?|looks? after) (?:the|an?)"
            rf" {SOME}{_HOME}",
            _OF_KIN,
            keys("home"),
        ),
        way(
            rf"(?:{_KIN}|foster(?:ed|ing)?) {_MORE}{_TENS} (?:of )?(?:foster )?(?:children|babies)",
            "children babies",
            _FOSTERING,
        ),
        way(
            r"(?:travel|work|tour|away|move|winter|live)(?:s|ed|ing|led|ling|d)? (?:[\w'\-]+ ){0,2}?(?:with|on)"
            r" (?:the|an?) (?:[\w'\-]+ )?(?:fair|circus|fairground|funfair|show|waltzers|canals|boats)",
            "fair circus fairground funfair show waltzers canals boats",
        ),
        way(
            rf"(?:excluded|expelled) from (?:(?:his|her|their) )?(?:{MANY}|two|three|four)"
            r"(?: [\w'\-]+){0,2}? (?:schools|nurseries|settings|academies)",
            "excluded expelled",
        ),
        way(
            r"(?:third|fourth|fifth|sixth|seventh|eighth) (?:[\w\-]+ )?school (?:in|since|this|before|by)",
            "school",
            "third fourth fifth sixth seventh eighth",
        ),
        way(
            r"born (?:[\w\-]+ ){0,3}?(?:in|on|at|during|aboard) (?:the |an? )?(?:[\w'\-]+ ){0,3}?"
            r"(?:motorway|car park|lift|plane|ferry|ambulance|taxi|train|bus|snow|flood|storm|prison|refuge|camp)",
            "born",
        ),
        way(
            r"(?:has|have|with|had|is|uses?|wears?|wearing|her|his|their) (?!trained )"
            rf"(?:an? |the |both )?(?!trained )(?:[\w\-]+ ){{0,2}}?{_CONDITION}",
            keys("condition"),
        ),
        way(
            r"(?:has|have|had|with) (?!down|tourette|asperger|irlen)[\w'\-]+(?:[ \-][\w'\-]+){0,2} syndrome", "syndrome"
        ),
        way(
            rf"one of (?:[\w\-]+ ){{1,2}}(?:people|children|families|boys|girls|cases|patients) {SOME}in"
            r" (?:the )?(?:britain|uk|country|england|europe|world|county|city)",
            "one",
            "britain uk country england europe world county city",
        ),
        way(
            rf"{_KIN}, (?:the|our) (?:[\w'\-]+ ){{1,3}}(?:lead|director|chief|commissioner|leader|manager)",
            _OF_KIN,
            "lead director chief commissioner leader manager",
        ),
        way(rf"{JOB}'s? {SOME}{_CHILD}", keys("job"), keys("child"), starts=firsts("job")),
        way(
            rf"{_CHILD} of (?:the|our|a|an|one of the) {SOME}{JOB}",
            keys("job"),
            keys("child"),
            starts=firsts("child"),
        ),
        way(
            rf"{_CHILD} of (?:the|a) (?:man|woman|person|couple|family) (?:who|whom|whose|that|after)",
            keys("child"),
            "man woman person couple family",
        ),
        way(
            rf"{_KIN} (?:is|was) the (?:man|woman|one|person) (?:who|whom|whose|that|in|on|with)",
            _OF_KIN,
            "man woman one person",
            starts=_OF_KIN,
        ),
        way(
            rf"{_KIN} {_MORE}(?:excluded|expelled|arrested|charged|shot|attacked|assaulted)",
            _OF_KIN,
            "excluded expelled arrested charged shot attacked assaulted",
            starts=_OF_KIN,
        ),
        way(
            r"only (?:year \w+|teenage|teen) (?:mother|mum|mam|father|dad|parent)s?",
            "only",
            "mother mothers mum mums mam father fathers dad dads parent parents",
        ),
        way(
            rf"{_KIN} {_MORE}(?:died|passed away|was killed|were killed)", _OF_KIN, "died passed killed", starts=_OF_KIN
        ),
        way(rf"(?:death|loss|funeral|murder) of (?:his|her|their) {SOME}{_KIN}", _OF_KIN, "death loss funeral"),
        way(rf"lost (?:his|her|their) {SOME}{_KIN}", _OF_KIN, "lost"),
        way(
            r"(?:raised|brought up|cared for|looked after|lives?|living|stays?|staying) (?:by|with) (?:his|her|their|a)"
            r" (?:[\w'\-]+ )?(?:great[ -](?:grand)?\w+|uncle|auntie?|cousin|godmother|godfather|neighbour)s?",
            "raised brought cared looked live lives living stay stays staying",
        ),
        way(
            r"(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
            r" (?:child (?:of the|from the same|(?:in|from|of) (?:the|this|that) family)"
            r"|(?:brother|sister|sibling|cousin|generation)s? (?:we|to|of|in|from|with|at|that|here|on))",
            "brother sister sibling cousin generation child",
            "third fourth fifth sixth seventh eighth ninth tenth",
        ),
        way(
            rf"famil(?:y|ies) (?:with|who (?:have|had|keep|kept)) (?:the |their )?(?:{MANY}|two|three|four) {SOME}"
            rf"(?:{_ANIMAL}|dogs|cats|rabbits|parrots)",
            "family families",
        ),
        way(
            r"(?:red|ginger|flame|copper|white|blue|pink|green)[ -]haired"
            r" (?:lad|lass|boy|girl|child|pupil|one|twin|brother|sister)s?",
            "haired redhaired",
        ),
        way(
            rf"(?:{MANY}) (?:(?:foster |different |school )?placements"
            r"|(?:foster|different|care) (?:homes|families|carers))",
            "placements homes families carers",
        ),
        way(
            rf"{_KIN} {_IS}(?:only )?(?:thirteen|fourteen|fifteen|sixteen|seventeen|1[3-7]) (?:years old )?when",
            _OF_KIN,
            "when",
        ),
        way(
            rf"(?:{MANY}|two|three|four|twenty|thirty|forty|fifty|sixty|\d+)"
            r" (?:other )?(?:people|children|families|cases)"
            r" (?:in (?:the )?(?:world|country|uk|britain|england|europe)|worldwide)",
            "world country uk britain england europe worldwide",
            "people children families cases",
        ),
    )
)


_PHRASES = Phrases(
    (" ".join(told), _key(told)) for kind in ("befell", "famous") for told in map(words_of, words.life(kind))
)


_HOSPITALS = Phrases((" ".join(told), _key(told)) for told in map(words_of, words.life("hospital")))


def hospitals_by_name(text: Clean) -> Iterator[tuple[int, int]]:
    """Where a hospital is called by its name alone, with a capital; gosh is one in capitals only."""
    for start, stop in _HOSPITALS.told(text):
        named = text.text[start:stop]
        if named[0].isupper() and named != "Gosh":
            yield start, stop


def known_by(text: Clean) -> Iterator[tuple[int, int]]:
    """Where it is told."""
    yield from _PHRASES.told(text)
    yield from _WAYS.told(text)
