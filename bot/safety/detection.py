"""Language that sounds like danger, found by phrases in five languages at once, and by the weight of words.

It is no assessment: it decides which card is shown, over-inclusive by design, and nothing of it is kept.
Categories, and what a denial means, follow EVIDENCE, section 5.2.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import cache, cached_property
from itertools import product
from pathlib import Path
from typing import Any

from bot.safety.normalising import Words, readings, words_of
from bot.safety.phrases import Finder, Found, Vocabulary, finder, lines, phrases, read
from bot.safety.weighing import heaviest, known, weight

LANGUAGES = ("en", "de", "es", "fr", "pt")
_DATA = Path(__file__).parent / "data"
_FILLERS = 5
"""How many words may stand between a denial and what it denies."""
_BEFORE = 4
"""In how many words before a phrase something may say that it is so now."""
_SMALL = 3
"""The most letters of a word that carries no danger by itself ("me", "to", "her")."""
_FEW = 2
"""So many words at least are weighed: one by itself tells nothing; and one more where they weigh slightly."""
_WEIGHTY, _HEAVY, _SLIGHT = 2.5, 0.0, -1.75
"""From these weights on, words that no phrase hears are taken for danger: clearly, faintly, slightly."""
_KNOWN = 0.5
"""The least share of words that are known where a text that sounds slightly like danger is taken for it."""
_LIGHT, _RATHER_LIGHT = -1.5, 0.0
"""In a text lighter than this, and a sentence lighter than that, a phrase is rather a figure of speech."""


class Card(StrEnum):
    """A, the full card; B, the gentle one."""

    A = "a"
    B = "b"


class Category(StrEnum):
    """What it sounds like; it chooses the card's first words and is not kept."""

    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    MEDICAL = "medical"
    HARMED = "harmed"
    HARMING = "harming"
    LOSING_TOUCH = "losing_touch"


class Sound(IntEnum):
    """How danger sounds in words: the clearer, the less.

    What is clear is answered with its card before all else. The rest is taken as usual, since much of it is
    an ordinary bad day: where it is faint, help is named beside the answer, where it is slight, under it.
    """

    CLEAR = 0
    FAINT = 1
    SLIGHT = 2


@dataclass(frozen=True, slots=True)
class Detection:
    """What was found, and how it sounds; `minor` where it sounds as if somebody is under age."""

    card: Card
    category: Category
    minor: bool = False
    sound: Sound = Sound.CLEAR

    @property
    def is_clear(self) -> bool:
        """Tell whether it calls for its card before all else."""
        return self.sound is Sound.CLEAR


@dataclass(frozen=True, slots=True)
class PhraseState:
    """How far the phrases of a language have come: the version of the data, and who has reviewed it."""

    language: str
    version: int
    review_state: str


_TOLD_AS_PAST = (Category.SUICIDE, Category.SELF_HARM)
_URGENCY = (
    *(Category.MEDICAL, Category.SUICIDE, Category.HARMED, Category.HARMING),
    *(Category.SELF_HARM, Category.LOSING_TOUCH),
)


@dataclass(frozen=True, slots=True)
class _Danger:
    """What a phrase of a language sounds like."""

    language: str
    detection: Detection


@dataclass(frozen=True, slots=True)
class _Denial:
    """How a language denies: before a phrase, with fillers between, or after it."""

    before: Finder[None]
    after: Finder[None]
    fillers: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Softening:
    """Phrases of all languages that change how another phrase is meant."""

    idioms: Finder[None]
    jests: Finder[None]
    history: Finder[None]
    held: Finder[None]
    present: Finder[None]
    undone: Finder[None]


@dataclass(frozen=True, slots=True)
class _Hit:
    """Words that sound like danger. Softened: denied now, told as history, or an urge held off."""

    start: int
    end: int
    detection: Detection
    softened: bool

    def apart_from(self, other: "_Hit") -> bool:
        """Tell whether the two hits share no word."""
        return self.end <= other.start or other.end <= self.start


def detect(text: str) -> Detection | None:
    """Return the card that a text calls for and why, None for none. All languages are looked for.

    A denial or history gets the gentle card, unless the rest of the message undoes it. So do words that weigh
    like danger though no phrase hears them, and, faintly, a figure of speech in a message that weighs little.
    """
    ways = list(readings(text))
    found = [result for words in ways if (result := _detect(words)) is not None]
    heard = min(found, key=_urgency, default=None) or _hinted(ways[0])
    if heard is None:
        return None
    return replace(heard, minor=any(_sounds_young(words) for words in ways))


def _hinted(words: Words) -> Detection | None:
    """Return the gentle card for words that weigh like danger, though no phrase says it.

    What a figure of speech says weighs nothing.
    """
    weighs = heaviest(words)
    if weighs <= _SLIGHT:
        return None
    rest = words
    figures = _of_one_sentence(_softening().idioms, words)
    if figures:
        rest = words.without(frozenset[int]().union(*(each.own() for each in figures)))
        weighs = heaviest(rest)
    sound = _sound_of(weighs) if len(rest.words) >= _FEW else None
    if sound is Sound.SLIGHT and (len(rest.words) == _FEW or known(rest.words) < _KNOWN):
        return None
    return Detection(Card.B, Category.SUICIDE, sound=sound) if sound is not None else None


def _sound_of(weight: float) -> Sound | None:
    """Return how words of a weight sound, None where they don't sound like danger."""
    if weight <= _SLIGHT:
        return None
    if weight <= _HEAVY:
        return Sound.SLIGHT
    return Sound.FAINT if weight <= _WEIGHTY else Sound.CLEAR


def calls_for_card(text: str) -> bool:
    """Tell whether a text is to be answered with a card before all else."""
    heard = detect(text)
    return heard is not None and heard.is_clear


def load_phrases() -> None:
    """Read all phrases now, so that a mistake in them stops the start and no first message waits.

    Raises KeyError or ValueError for a phrase that cannot be read.
    """
    _dangers()
    _softening()
    _minors()
    for language in LANGUAGES:
        _denial(language)


def phrase_states() -> tuple[PhraseState, ...]:
    """Return the state of each language's phrases."""
    metas = ((language, _raw(language)["meta"]) for language in LANGUAGES)
    return tuple(PhraseState(language, meta["version"], meta["review_state"]) for language, meta in metas)


def _sounds_young(words: Words) -> bool:
    return next(_minors().find(words), None) is not None


def _urgency(detection: Detection) -> tuple[str, int, int]:
    return detection.card, detection.sound, _URGENCY.index(detection.category)


def _detect(words: Words) -> Detection | None:
    hits = _hits(words)
    if not hits:
        return None
    undone = any(hit.softened for hit in hits) and any(_softening().undone.find(words))
    is_light = heaviest(words) < _RATHER_LIGHT
    meant = [_meant(hit, hits, undone=undone, is_light=is_light) for hit in hits]
    return min(meant, key=_urgency)


def _meant(hit: _Hit, hits: list[_Hit], *, undone: bool, is_light: bool) -> Detection:
    """Return what a hit calls for, given the rest of the message."""
    contradicted = any(not other.softened and other.apart_from(hit) for other in hits)
    card = hit.detection.card if undone or contradicted or not hit.softened else Card.B
    explicit = hit.detection.card is Card.A
    is_faint = is_light and card is Card.B and not explicit
    return replace(hit.detection, card=card, sound=Sound.FAINT if is_faint else Sound.CLEAR)


def _hits(words: Words) -> list[_Hit]:
    """Return what was found outside idioms; where languages share words, one that hears a denial counts."""
    dangers = list(_dangers().find(words))
    if not dangers:
        return []
    idioms, context = _of_one_sentence(_softening().idioms, words), _Context(words)
    hits: dict[tuple[int, int, Detection], _Hit] = {}
    for danger in dangers:
        if any(_says(idiom, danger, words) for idiom in idioms) or _leaps(danger, words):
            continue
        key = (danger.start, danger.end, danger.meaning.detection)
        softened = context.softens(danger) or (key in hits and hits[key].softened)
        hits[key] = _Hit(*key, softened)
    return list(hits.values())


def _of_one_sentence(figures: Finder[None], words: Words) -> list[Found[None]]:
    """Return the figures of speech that stand in one sentence."""
    return [
        each for each in figures.find(words) if words.sentences[each.start] == words.sentences[each.end - 1]
    ]


def _says(figure: Found[None], danger: Found[_Danger], words: Words) -> bool:
    """Tell whether the figure says the danger's words itself, small ones within its bounds aside.

    What else stands in a figure's gaps is not its own, so it hides nothing there.
    """
    own, places = figure.own(), danger.own()
    return not own.isdisjoint(places) and all(
        place in own or (len(words.words[place]) <= _SMALL and figure.start <= place < figure.end)
        for place in places
    )


def _leaps(danger: Found[_Danger], words: Words) -> bool:
    """Tell whether the danger was put together over the end of a sentence, with other words between."""
    return bool(danger.between) and words.sentences[danger.start] != words.sentences[danger.end - 1]


class _Context:
    """The words around what was found."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._denials: dict[str, tuple[frozenset[int], frozenset[int]]] = {}

    @cached_property
    def _weight(self) -> float:
        return heaviest(self._words)

    @cached_property
    def _jests(self) -> list[Found[None]]:
        return _of_one_sentence(_softening().jests, self._words)

    @cached_property
    def _present(self) -> frozenset[int]:
        found = _softening().present.find(self._words)
        return frozenset(place for each in found for place in range(each.start, each.end))

    @cached_property
    def _past(self) -> frozenset[int]:
        return self._sentences_of(_softening().history)

    @cached_property
    def _held(self) -> frozenset[int]:
        return self._sentences_of(_softening().held)

    def _sentences_of(self, figures: Finder[None]) -> frozenset[int]:
        return frozenset(self._words.sentences[each.start] for each in figures.find(self._words))

    def softens(self, found: Found[_Danger]) -> bool:
        """Tell whether what was found is denied, in jest, told as history, held off, or weighs little."""
        if self._is_denied(found) or self._is_in_jest(found):
            return True
        if found.meaning.detection.category not in _TOLD_AS_PAST:
            return self._is_light(found)
        if self._is_present(found):
            return False
        sentence = self._words.sentences[found.start]
        return sentence in self._past or bool(self._held & {sentence - 1, sentence, sentence + 1})

    def _is_present(self, found: Found[_Danger]) -> bool:
        return not self._present.isdisjoint(range(found.start - _BEFORE, found.end))

    def _is_in_jest(self, found: Found[_Danger]) -> bool:
        return any(_says(jest, found, self._words) for jest in self._jests)

    def _is_light(self, found: Found[_Danger]) -> bool:
        """Tell whether the text and the sentence weigh so little that the phrase is rather a figure."""
        if self._weight >= _LIGHT:
            return False
        sentence = self._words.sentences[found.start]
        of = [
            word
            for word, its in zip(self._words.words, self._words.sentences, strict=True)
            if its == sentence
        ]
        return weight(of) < _RATHER_LIGHT

    def _is_denied(self, found: Found[_Danger]) -> bool:
        language = found.meaning.language
        ends, starts = self._denials_of(language)
        if found.end in starts and self._together(found.end - 1, found.end):
            return True
        return any(place + 1 in ends for place in (*self._leading(found.start, language), *found.between))

    def _leading(self, start: int, language: str) -> Iterator[int]:
        """Yield the places before `start` that a denial may end at: over fillers, in the same clause."""
        fillers = _denial(language).fillers
        for place in range(start - 1, max(-1, start - 2 - _FILLERS), -1):
            if not self._together(place, start):
                return
            yield place
            if self._words.words[place] not in fillers:
                return

    def _together(self, place: int, other: int) -> bool:
        return self._words.clauses[place] == self._words.clauses[other]

    def _denials_of(self, language: str) -> tuple[frozenset[int], frozenset[int]]:
        """Return where denials of the language end, and where those that follow begin."""
        if language not in self._denials:
            denial = _denial(language)
            ends = frozenset(found.end for found in denial.before.find(self._words))
            starts = frozenset(found.start for found in denial.after.find(self._words))
            self._denials[language] = ends, starts
        return self._denials[language]


@cache
def _raw(language: str) -> dict[str, Any]:
    return read(_DATA / f"phrases_{language}.toml")


@cache
def _vocabulary(language: str) -> Vocabulary:
    raw = _raw(language)
    spellings = {words_of(word)[0]: others for word, others in raw["spellings"].items()}
    return Vocabulary(raw["groups"], spellings, raw["endings"])


@cache
def _dangers() -> Finder[_Danger]:
    made: Finder[_Danger] = Finder()
    for language, card, category in product(LANGUAGES, Card, Category):
        raw, meaning = _raw(language), _Danger(language, Detection(card, category))
        for phrase in phrases(lines(raw[card.name][category]), _vocabulary(language), meaning):
            made.add(phrase)
            if card is Card.A and category in _TOLD_AS_PAST:
                made.add_glued(phrase)
    return made


@cache
def _minors() -> Finder[None]:
    made: Finder[None] = Finder()
    for language in LANGUAGES:
        raw = _raw(language)
        for phrase in phrases(raw["signs"]["minor"], _vocabulary(language), None):
            made.add(phrase)
    return made


@cache
def _denial(language: str) -> _Denial:
    raw = _raw(language)
    denial, vocabulary = raw["denial"], _vocabulary(language)
    fillers = frozenset(word for filler in denial["fillers"] for word in words_of(filler))
    return _Denial(finder(denial["before"], vocabulary), finder(denial["after"], vocabulary), fillers)


@cache
def _softening() -> _Softening:
    made: dict[str, Finder[None]] = {name: Finder() for name in _Softening.__slots__}
    for language, name in product(LANGUAGES, made):
        raw = _raw(language)
        written = raw["softening"][name]
        of_themes = lines(written) if isinstance(written, dict) else written
        for phrase in phrases(of_themes, _vocabulary(language), None):
            made[name].add(phrase)
    return _Softening(**made)
