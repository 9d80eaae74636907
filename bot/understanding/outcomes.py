"""What an answer says of a practice: done, the tiny version, a part, not today, later; or nothing clear.

Something told as done counts where it is about the practice, see `claims`.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from bot.understanding.claims import clause_around, is_about, vocabulary, walk
from bot.understanding.durations import minutes_in
from bot.understanding.phrases import phrases

_TOLD_EARLY = 48
"""Characters in which an outcome is told; further on, the same words tell a story."""
_MOST_TOLD = 24
"""Words telling an outcome that are looked at; a text of more repeats itself."""
FEW_MINUTES = 2
"""Minutes up to which "only" so many are the tiny version."""
_DID, _TOLD = "did", "told"
_SHARE = re.compile(r"(?<!\d)[1-9]\d?\s?(?:%|percent\b|prozent\b|por ?ciento\b|pour ?cent\b|por cento\b)")


class Outcome(StrEnum):
    """What became of the practice."""

    DONE = "done"
    TINY = "tiny"
    PARTLY = "partly"
    NOT_TODAY = "not_today"
    LATER = "later"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Said:
    """One outcome that is named, by which words; `yes` where they answer rather than tell."""

    outcome: Outcome
    words: str
    at: int
    yes: bool = False


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The outcomes that a text names, in order.

    `elsewhere` says that something was told as done that is not the practice, or that was not done.
    """

    said: tuple[Said, ...]
    elsewhere: bool

    @property
    def named(self) -> set[Outcome]:
        """Each outcome that is named."""
        return {each.outcome for each in self.said}


def outcomes(words: str, language: str) -> Outcomes:
    """The outcomes named in a folded text: early in it, or else a practice told of by name further on."""
    kinds = phrases(language)
    kind, choices = kinds["outcome"], kinds["choice"].values
    said: list[Said] = []
    late: list[Said] = []
    elsewhere = False
    for match in islice(kind.pattern.finditer(words), _MOST_TOLD):
        value = kind.values[match.group()]
        early = match.start() < _TOLD_EARLY
        yes = value == Outcome.DONE and choices.get(match.group()) == "yes"
        claimed = value in (Outcome.DONE, _DID, _TOLD) and not yes and match.group()[0].isalpha()
        if claimed:
            meant = _claim(words, match, value, language, named=not early)
            elsewhere = elsewhere or (early and meant is None)
            value = meant or ""
        elif value in (Outcome.TINY, Outcome.PARTLY) and early:
            supposed = _is_supposed(words, match, language, less=True)
            elsewhere = elsewhere or supposed
            aside = _is_of_something_else(words, match, language, said=bool(said))
            value = "" if supposed or aside else value
        elif value == Outcome.NOT_TODAY and _was_begun(words, match, language):
            value = Outcome.PARTLY
        if early and value:
            said.append(Said(Outcome(value), match.group(), match.start(), yes))
        elif claimed and value:
            late.append(Said(Outcome(value), match.group(), match.start()))
    return Outcomes(tuple(said or late or ([] if elsewhere else _busy(words, language))), elsewhere)


def _busy(words: str, language: str) -> list[Said]:
    """Where one is, "on the bus", says later; not with minutes that were spent there."""
    match = phrases(language)["busy"].pattern.search(words[:_TOLD_EARLY])
    if match is None or minutes_in(words, language):
        return []
    return [Said(Outcome.LATER, match.group(), match.start())]


def _is_of_something_else(words: str, match: re.Match[str], language: str, *, said: bool) -> bool:
    """ "So so tired"; "did it, mostly what ifs again": a weak word that goes with something strange."""
    kinds = phrases(language)
    if match.group() not in kinds["weak"].values:
        return False
    if kinds["barrier"].pattern.match(words[match.end() :].lstrip()):
        return True
    if not said:
        return False
    before, after, _ = clause_around(words, match.start(), match.end(), language)
    return walk(f"{before} {after}", language).strange


def _was_begun(words: str, match: re.Match[str], language: str) -> bool:
    """ "Couldn't finish it", "nicht alles geschafft": what was not finished was begun."""
    _, after, _ = clause_around(words, match.start(), match.end(), language)
    finishing = phrases(language)["finishing"].pattern
    return finishing.search(match.group()) is not None or finishing.search(after) is not None


def _claim(words: str, match: re.Match[str], value: str, language: str, *, named: bool) -> Outcome | None:
    """What became of the practice where something is told as done; None where that is something else."""
    before, after, _ = clause_around(words, match.start(), match.end(), language)
    clause = f"{before}{match.group()}{after}"
    if _is_supposed(words, match, language) or phrases(language)["denied"].pattern.search(before):
        return None
    told = named or value == _TOLD
    if not is_about(before, after, language, whole=value == Outcome.DONE, named=told):
        return None
    if _SHARE.search(clause):
        return Outcome.PARTLY
    minutes = minutes_in(clause, language) if phrases(language)["only"].pattern.search(clause) else []
    return Outcome.TINY if minutes and minutes[0] <= FEW_MINUTES else Outcome.DONE


def _is_supposed(words: str, match: re.Match[str], language: str, *, less: bool = False) -> bool:
    """Whether the clause asks, wishes or supposes: "did I do it?", "should have done it".

    Of `less` ("could not finish"), only what comes before it counts.
    """
    before, after, mark = clause_around(words, match.start(), match.end(), language)
    clause = before if less else f"{before}{match.group()}{after}"
    return mark == "?" or phrases(language)["unreal"].pattern.search(clause) is not None


def outcome_of(words: str, language: str) -> tuple[Outcome | None, bool]:
    """The outcome that is named, None where none is, unclear where two exclude each other.

    And whether something else was told as done.
    """
    kinds = phrases(language)
    found = outcomes(kinds["day"].without(kinds["ago"].without(words)), language)
    return _decided(found, words, language), found.elsewhere


def _decided(found: Outcomes, words: str, language: str) -> Outcome | None:
    named = found.named
    refused = Outcome.NOT_TODAY in named and not _only_a_barrier(found, language)
    for less in (Outcome.PARTLY, Outcome.TINY):
        if less in named:
            return _less(less, found, refused)
    if named == {Outcome.NOT_TODAY, Outcome.LATER}:
        return _refused_or_later(found, words, language)
    if named == {Outcome.NOT_TODAY} and _not_yet(words, language):
        return Outcome.LATER
    if named == {Outcome.LATER} and _is_when_hindered(found.said[0], words, language):
        return Outcome.NOT_TODAY
    if Outcome.DONE in named:
        return _done(found, language)
    return next(iter(named)) if named else None


def _refused_or_later(found: Outcomes, words: str, language: str) -> Outcome:
    """What is said last; "too tired tonight" tells what is in the way, and when, not until when."""
    *_, first, last = found.said
    kinds = phrases(language)
    between = words[first.at + len(first.words) : last.at]
    apart = vocabulary(language).clause.search(words, first.at + len(first.words), last.at + 1)
    hindered = first.words in kinds["barrier"].values
    skipped = not between.strip() and first.words not in kinds["choice"].values
    put_off = last.words in kinds["cue"].values
    refused = (hindered or skipped) and apart is None and not put_off
    return Outcome.NOT_TODAY if refused and last.outcome is Outcome.LATER else last.outcome


def _not_yet(words: str, language: str) -> bool:
    """Whether it is only "not yet", and nothing that is in the way."""
    kinds = phrases(language)
    return bool(kinds["yet"].pattern.search(words)) and not kinds["barrier"].pattern.search(words)


def _is_when_hindered(said: Said, words: str, language: str) -> bool:
    """ "Trop fatiguée ce soir": when something is in the way, not until when."""
    before = words[: said.at].rstrip()
    barriers = phrases(language)["barrier"].pattern.finditer(before)
    put_off = said.words in phrases(language)["cue"].values
    return not put_off and any(match.end() == len(before) for match in barriers)


def _done(found: Outcomes, language: str) -> Outcome:
    """Done, unless something else is said first; "yes, later" is later, "yes, my sister did it" not clear."""
    only_a_yes = all(each.yes for each in found.said if each.outcome is Outcome.DONE)
    if Outcome.NOT_TODAY in found.named or (only_a_yes and found.elsewhere):
        return Outcome.UNCLEAR
    if Outcome.LATER in found.named and only_a_yes:
        return Outcome.LATER
    first = found.said[0]
    put_off = first.outcome is Outcome.LATER and first.words in phrases(language)["cue"].values
    return Outcome.UNCLEAR if put_off or first.outcome is Outcome.UNCLEAR else Outcome.DONE


def _less(less: Outcome, found: Outcomes, refused: bool) -> Outcome:
    """Part of it, or the tiny version; "nah, just a bit tired" is a no."""
    if found.said[0].outcome is Outcome.NOT_TODAY:
        return less if Outcome.DONE in found.named else Outcome.NOT_TODAY
    return Outcome.UNCLEAR if refused else less


def _only_a_barrier(found: Outcomes, language: str) -> bool:
    """Whether what sounds like a no tells what got in the way: "started, no time"."""
    barriers = phrases(language)["barrier"].values
    refusals = (each for each in found.said if each.outcome is Outcome.NOT_TODAY)
    return all(each.words in barriers for each in refusals)
