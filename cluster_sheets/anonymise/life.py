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
_JOB = _any_of("job")
_BUSINESS = _any_of("business")
_HOME = _any_of("home")
_NEWS = _any_of("news")
_CHILD = _any_of("child")
_FEATURE = _any_of("feature")
_OF_SCHOOL = _any_of("of-school")
_ANIMAL = _any_of("animal")
_RIDE = _any_of("ride")
_CONDITION = _any_of("condition")
_RARE_FEW = "(?:few|handful of|couple of|dozen|hundred) (?:dozen |hundred |known )?"
_TENS = "(?:dozens|scores|hundreds|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|a hundred|[2-9]\\d|1\\d\\d)"
_FOSTERING = "foster fostered fostering fosters"
_MANY = "five|six|seven|eight|nine|ten|eleven|twelve|thirteen|[5-9]|1\\d"
_MORE = r"(?:[\w'\-]+ ){0,5}?"
_SOME = r"(?:[\w'\-]+ ){0,3}?"
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


def _keys(kind: str) -> frozenset[str]:
    """A word of each thing of a kind, as ``Clean.line`` has it: without one of them none is told."""
    keys = {_key(words_of(each)) for each in words.life(kind)}
    return frozenset(keys | {f"{word}s" for word in keys})


def _way(pattern: str, *needs: str | frozenset[str], starts: frozenset[str] = frozenset()) -> Way:
    return Way(rf"(?:{pattern})\b", *needs, starts=starts)


def _firsts(kind: str) -> frozenset[str]:
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
        _way(rf"{_KIN},? (?:who |of one of them )?{_SOME}{_IS}{_MORE}{_JOB}", _OF_KIN, _keys("job"), starts=_OF_KIN),
        _way(rf"{_KIN},? (?:who )?{_SOME}{_KEEPS}{_MORE}{_BUSINESS}", _OF_KIN, _keys("business"), starts=_OF_KIN),
        _way(rf"(?:lady|man|woman|couple|neighbour|one) who {_KEEPS}{_SOME}{_BUSINESS}", "who", _keys("business")),
        _way(
            rf"(?:changed|moved|been (?:at|to|in|through)|attended|had) (?:school |schools )?(?:{_MANY})"
            r" (?:times|schools)",
            "times schools",
        ),
        _way(rf"only (?:{_MANY}|two|three|four) (?:living |known |other )?(?:people|families|children|cases)", "only"),
        _way(rf"(?:{_MANY}|two|three|four|few) known cases", "cases"),
        _way(
            rf"{_LIVES}{_SOME}{_BY_A}{_SOME}{_HOME}",
            "live lives living lived moored housed winter winters wintered camp camps camped parked lane home",
            _keys("home"),
        ),
        _way(rf"(?:in|on|made|by) (?:the |a )?(?:local |national |regional |daytime )?{_NEWS}", _keys("news")),
        _way(rf"{_OF_SCHOOL} (?:[\w'\-]+ ){{0,8}}?{_FEATURE}", _keys("feature"), _keys("of-school")),
        _way(rf"{_FEATURE} (?:[\w'\-]+ ){{0,5}}?(?:our|the) {_OF_SCHOOL}", _keys("feature"), _keys("of-school")),
        _way(
            rf"(?:keeps?|kept|breeds?|bred|races?|raced|rears?) {_SOME}{_ANIMAL}",
            _keys("animal"),
            "keep keeps kept breed breeds bred race races raced rear rears",
        ),
        _way(
            rf"(?:school|comes?|came|travels?|arrives?) {_SOME}(?:by|on|in) (?:an? |the |their |his |her )?"
            rf"(?:back of an? )?{_RIDE}",
            _keys("ride"),
            "school come comes came travel travels arrive arrives",
        ),
        _way(
            r"school of (?:only |just |about )?\d{1,3}(?! (?:staff|adults|teachers))",
            "school",
            starts=frozenset(("school",)),
        ),
        _way(
            rf"{_BUSINESS} {_MORE}belongs? to (?:his|her|their|the) {_KIN}",
            _OF_KIN,
            _keys("business"),
            "belong belongs belonged",
        ),
        _way(
            rf"{_RARE_FEW}(?:other )?(?:people|families|children) in (?:the|britain|england)",
            "few handful dozen",
            "people families children",
        ),
        _way(
            rf"(?:built|housed) (?:inside|on|in|under|beside|above|into|against) (?:the|an?) {_SOME}{_FEATURE}",
            _keys("feature"),
            "built housed",
        ),
        _way(r"\d{2,4} (?:pupils |children |boys and girls )?on (?:our |the )?roll", "roll"),
        _way(r"born (?:at|in|on|aboard|during) (?:only |just )?[\w\-]+ weeks", "weeks", "born"),
        _way(
            rf"(?:{_MANY}) (?:brothers|sisters|siblings|cousins|half-\w+)|all (?:{_MANY}) children"
            rf"|famil(?:y|ies) (?:of|with) (?:the )?(?:{_MANY})(?: children)?"
            rf"|(?:youngest|oldest|eldest|last|middle|child|baby) of (?:the )?(?:{_MANY})(?! (?:weeks|months|classes))",
            "children brothers sisters siblings cousins family families youngest oldest eldest last middle child baby",
        ),
        _way(
            rf"{_KIN} {_SOME}(?:teach|teaches|taught) (?:year|reception|here|at|the|in)",
            _OF_KIN,
            "teaches teach taught",
        ),
        _way(rf"{_KIN}, (?:an?|the|once an?|now an?) {_SOME}{_JOB}", _OF_KIN, _keys("job"), starts=_OF_KIN),
        _way(rf"{_KIN} (?:and {_SOME}{_KIN} )?both have (?:a child|children)", _OF_KIN, "both", starts=_OF_KIN),
        _way(rf"in (?:the same )?class with (?:his|her|their) {_KIN}", _OF_KIN, "class"),
        _way(
            rf"{_KIN} {_SOME}(?:plays?|played) the [a-z]+ (?:at|in|for)", _OF_KIN, "play plays played", starts=_OF_KIN
        ),
        _way(
            r"lost (?:his|her|their|an?|one|both|the) (?:left |right |sight of an? )?"
            r"(?:legs?|arms?|hands?|f(?:oo|ee)t|eyes?|ears?|fingers?|thumbs?|toes?|sight|hearing|hair)",
            "lost",
        ),
        _way(
            r"(?:home|house|flat|caravan|boat|shop|pub)s? (?:was |were |had been |had )?"
            r"(?:burn\w+|set on fire|flooded|condemned|raided|demolished|repossessed|firebombed|washed away|bombed)",
            "home house flat caravan boat shop pub homes houses flats caravans",
        ),
        _way(
            r"(?:hit|knocked down|run over|struck|dragged|trapped) (?:by|under) (?:an?|the)"
            r" (?:tram|train|bus|car|lorry|van|taxi|motorbike|motorcycle|bike|coach|tractor|milk float|dustcart)",
            "tram train bus car lorry van taxi motorbike motorcycle bike coach tractor float dustcart",
        ),
        _way(r"(?:lives?|lived|living) (?:above|over|behind) (?:the|an?) [a-z]+", "live lives lived living"),
        _way(rf"carers? (?:for|of|to) (?:his|her|their|an?) {_SOME}{_KIN}", _OF_KIN, "carer carers"),
        _way(
            rf"{_KIN} (?:is|are|was|both) {_SOME}(?:in|uses?|using) (?:an? )?wheelchairs?",
            _OF_KIN,
            "wheelchair wheelchairs",
        ),
        _way(
            r"(?:shares?|shared|sharing) (?:our|its|their|an?|the) (?:site|building|hall|playground|gates?|drive|field)"
            r" with",
            "share shares shared sharing",
        ),
        _way(
            r"(?:building|school|hall|site|nursery) (?:was once|used to be|was built as|was formerly|began as)"
            r" (?:the|an?)",
            "once used built formerly began",
        ),
        _way(
            r"(?<!a )(?<!one )(?:fifth|sixth|seventh|eighth|ninth|tenth|eleventh) of"
            rf" (?:{_MANY})(?! (?:weeks|months|sessions))",
            "fifth sixth seventh eighth ninth tenth eleventh",
        ),
        _way(r"born (?:on|beside|by|near|off) the [am]\d{1,4}", "born"),
        _way(
            r"(?:took|taking|taken|takes) (?:the |our |his |her )?(?:\w+ )?"
            r"(?:school|council|la|lea|authority|trust|hospital) to (?:the )?(?:tribunal|court)",
            "tribunal court",
        ),
        _way(
            rf"{_JOB}(?: is|, who is| was|,) (?:his|her|their|the pupil's) {_SOME}{_KIN}",
            _OF_KIN,
            _keys("job"),
            starts=_firsts("job"),
        ),
        _way(rf"{_KIN}[\w ,'\-]{{0,40}} in the same (?:class|year)", _OF_KIN, "class year", starts=_OF_KIN),
        _way(
            rf"{_KIN} {_SOME}(?:keeps?|kept|runs?|ran|owns?|owned|has|have|rents?|looks? after) (?:the|an?)"
            rf" {_SOME}{_HOME}",
            _OF_KIN,
            _keys("home"),
        ),
        _way(
            rf"(?:{_KIN}|foster(?:ed|ing)?) {_MORE}{_TENS} (?:of )?(?:foster )?(?:children|babies)",
            "children babies",
            _FOSTERING,
        ),
        _way(
            r"(?:travel|work|tour|away|move|winter|live)(?:s|ed|ing|led|ling|d)? (?:[\w'\-]+ ){0,2}?(?:with|on)"
            r" (?:the|an?) (?:[\w'\-]+ )?(?:fair|circus|fairground|funfair|show|waltzers|canals|boats)",
            "fair circus fairground funfair show waltzers canals boats",
        ),
        _way(
            rf"(?:excluded|expelled) from (?:(?:his|her|their) )?(?:{_MANY}|two|three|four)"
            r"(?: [\w'\-]+){0,2}? (?:schools|nurseries|settings|academies)",
            "excluded expelled",
        ),
        _way(
            r"(?:third|fourth|fifth|sixth|seventh|eighth) (?:[\w\-]+ )?school (?:in|since|this|before|by)",
            "school",
            "third fourth fifth sixth seventh eighth",
        ),
        _way(
            r"born (?:[\w\-]+ ){0,3}?(?:in|on|at|during|aboard) (?:the |an? )?(?:[\w'\-]+ ){0,3}?"
            r"(?:motorway|car park|lift|plane|ferry|ambulance|taxi|train|bus|snow|flood|storm|prison|refuge|camp)",
            "born",
        ),
        _way(
            r"(?:has|have|with|had|is|uses?|wears?|wearing|her|his|their) (?!trained )"
            rf"(?:an? |the |both )?(?!trained )(?:[\w\-]+ ){{0,2}}?{_CONDITION}",
            _keys("condition"),
        ),
        _way(
            r"(?:has|have|had|with) (?!down|tourette|asperger|irlen)[\w'\-]+(?:[ \-][\w'\-]+){0,2} syndrome", "syndrome"
        ),
        _way(
            rf"one of (?:[\w\-]+ ){{1,2}}(?:people|children|families|boys|girls|cases|patients) {_SOME}in"
            r" (?:the )?(?:britain|uk|country|england|europe|world|county|city)",
            "one",
            "britain uk country england europe world county city",
        ),
        _way(
            rf"{_KIN}, (?:the|our) (?:[\w'\-]+ ){{1,3}}(?:lead|director|chief|commissioner|leader|manager)",
            _OF_KIN,
            "lead director chief commissioner leader manager",
        ),
        _way(rf"{_JOB}'s? {_SOME}{_CHILD}", _keys("job"), _keys("child"), starts=_firsts("job")),
        _way(
            rf"{_CHILD} of (?:the|our|a|an|one of the) {_SOME}{_JOB}",
            _keys("job"),
            _keys("child"),
            starts=_firsts("child"),
        ),
        _way(
            rf"{_CHILD} of (?:the|a) (?:man|woman|person|couple|family) (?:who|whom|whose|that|after)",
            _keys("child"),
            "man woman person couple family",
        ),
        _way(
            rf"{_KIN} (?:is|was) the (?:man|woman|one|person) (?:who|whom|whose|that|in|on|with)",
            _OF_KIN,
            "man woman one person",
            starts=_OF_KIN,
        ),
        _way(
            rf"{_KIN} {_MORE}(?:excluded|expelled|arrested|charged|shot|attacked|assaulted)",
            _OF_KIN,
            "excluded expelled arrested charged shot attacked assaulted",
            starts=_OF_KIN,
        ),
        _way(
            r"only (?:year \w+|teenage|teen) (?:mother|mum|mam|father|dad|parent)s?",
            "only",
            "mother mothers mum mums mam father fathers dad dads parent parents",
        ),
        _way(
            rf"{_KIN} {_MORE}(?:died|passed away|was killed|were killed)", _OF_KIN, "died passed killed", starts=_OF_KIN
        ),
        _way(rf"(?:death|loss|funeral|murder) of (?:his|her|their) {_SOME}{_KIN}", _OF_KIN, "death loss funeral"),
        _way(rf"lost (?:his|her|their) {_SOME}{_KIN}", _OF_KIN, "lost"),
        _way(
            r"(?:raised|brought up|cared for|looked after|lives?|living|stays?|staying) (?:by|with) (?:his|her|their|a)"
            r" (?:[\w'\-]+ )?(?:great[ -](?:grand)?\w+|uncle|auntie?|cousin|godmother|godfather|neighbour)s?",
            "raised brought cared looked live lives living stay stays staying",
        ),
        _way(
            r"(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
            r" (?:child (?:of the|from the same|(?:in|from|of) (?:the|this|that) family)"
            r"|(?:brother|sister|sibling|cousin|generation)s? (?:we|to|of|in|from|with|at|that|here|on))",
            "brother sister sibling cousin generation child",
            "third fourth fifth sixth seventh eighth ninth tenth",
        ),
        _way(
            rf"famil(?:y|ies) (?:with|who (?:have|had|keep|kept)) (?:the |their )?(?:{_MANY}|two|three|four) {_SOME}"
            rf"(?:{_ANIMAL}|dogs|cats|rabbits|parrots)",
            "family families",
        ),
        _way(
            r"(?:red|ginger|flame|copper|white|blue|pink|green)[ -]haired"
            r" (?:lad|lass|boy|girl|child|pupil|one|twin|brother|sister)s?",
            "haired redhaired",
        ),
        _way(
            rf"(?:{_MANY}) (?:(?:foster |different |school )?placements"
            r"|(?:foster|different|care) (?:homes|families|carers))",
            "placements homes families carers",
        ),
        _way(
            rf"{_KIN} {_IS}(?:only )?(?:thirteen|fourteen|fifteen|sixteen|seventeen|1[3-7]) (?:years old )?when",
            _OF_KIN,
            "when",
        ),
        _way(
            rf"(?:{_MANY}|two|three|four|twenty|thirty|forty|fifty|sixty|\d+)"
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
