"""The messages of one language, read and checked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from bot.content.filling import has_stray_brace, placeholders
from bot.content.messages import Barrier, BarrierWords, Fit, MessagesFile, Nudge, Occasion, Praise
from bot.content.reading import Reader

FILE = "nudges.toml"

DISCREET = frozenset({"discreet_name", "minutes", "n", "time"})
"""Placeholders that give nothing away on a lock screen."""

PLACEHOLDERS = DISCREET | {"cue", "action", "place", "skill", "tiny", "reason", "last_learning"}
"""All that a nudge may be filled with."""

PRAISE_PLACEHOLDERS = frozenset({"before", "after", "weeks"})
BARRIERS = ("forgot", "no_time", "too_hard", "no_motivation", "unwell", "not_needed", "other")
"""What English has an answer to at least."""

_LONGEST_NUDGE = 200
_FEWEST_CUES = 8
_FEWEST_QUESTIONS = 12


@dataclass(frozen=True, slots=True)
class Messages:
    """What Limber says around practice in one language."""

    nudges: tuple[Nudge, ...]
    barriers: Mapping[str, Barrier]
    praise: Mapping[str, tuple[str, ...]]
    cues: tuple[str, ...]
    questions: tuple[str, ...]


def read_english(reader: Reader) -> Messages | None:
    """Return the English messages, which have to be complete, or None where the file cannot be used."""
    file = reader.file(FILE, MessagesFile)
    if file is None:
        return None
    barriers = reader.entries(file.barrier, Barrier, FILE, "barrier")
    messages = Messages(
        nudges=_nudges(reader, file),
        barriers={each.id: each for each in barriers},
        praise=_praise(reader, file),
        cues=file.cues,
        questions=file.questions,
    )
    _check_barriers(reader, barriers)
    for field, sentence in _lacks(messages):
        reader.tell(FILE, "", field, sentence)
    return messages


def read_translation(reader: Reader, english: Messages) -> Messages:
    """Return the messages of another language, with English where it has none."""
    file = reader.file(FILE, MessagesFile) if reader.has(FILE) else None
    if file is None:
        return english
    barriers = reader.entries(file.barrier, BarrierWords, FILE, "barrier")
    _check_barriers(reader, barriers)
    return Messages(
        nudges=_nudges(reader, file),
        barriers=_in_words(reader, english.barriers, barriers),
        praise={**english.praise, **_praise(reader, file)},
        cues=file.cues or english.cues,
        questions=file.questions if len(file.questions) >= _FEWEST_QUESTIONS else english.questions,
    )


def _nudges(reader: Reader, file: MessagesFile) -> tuple[Nudge, ...]:
    reader.check_language(FILE, file.meta.language)
    nudges = reader.entries(file.nudge, Nudge, FILE, "nudge")
    for nudge in nudges:
        for field, sentence in (*_text(nudge.text, PLACEHOLDERS), *_safe(nudge), *_brief(nudge)):
            reader.tell(FILE, f"nudge {nudge.id}", field, sentence)
    reader.check_once(FILE, "nudge", "id", [nudge.id for nudge in nudges])
    return tuple(nudges)


def _praise(reader: Reader, file: MessagesFile) -> dict[str, tuple[str, ...]]:
    praise = reader.entries(file.praise, Praise, FILE, "praise")
    for each in praise:
        for text in each.texts:
            for _, sentence in _text(text, PRAISE_PLACEHOLDERS):
                reader.tell(FILE, f"praise {each.occasion}", "texts", sentence)
    reader.check_once(FILE, "praise", "occasion", [each.occasion for each in praise])
    return {each.occasion: each.texts for each in praise}


def _check_barriers(reader: Reader, barriers: Sequence[BarrierWords]) -> None:
    for each in barriers:
        for _, sentence in _text(each.answer, frozenset()):
            reader.tell(FILE, f"barrier {each.id}", "answer", sentence)
    reader.check_once(FILE, "barrier", "id", [each.id for each in barriers])


def _text(text: str, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    for name in sorted(placeholders(text) - known):
        allowed = ", ".join(f"{{{each}}}" for each in sorted(known)) or "plain words alone"
        yield "text", f"has {{{name}}}, which is not known here; use {allowed}"
    if has_stray_brace(text):
        yield "text", "has a brace that belongs to no placeholder; write placeholders like {time}"


def _safe(nudge: Nudge) -> Iterator[tuple[str, str]]:
    for name in sorted(nudge.needs & PLACEHOLDERS - DISCREET):
        if nudge.discreet:
            yield (
                "discreet",
                f"is true, but {{{name}}} could be read on a lock screen; write false or leave it out",
            )


def _brief(nudge: Nudge) -> Iterator[tuple[str, str]]:
    goodbye = "reentry_14" in nudge.fit
    if len(nudge.text) > _LONGEST_NUDGE and not goodbye:
        yield (
            "text",
            f"is {len(nudge.text)} characters long and may have {_LONGEST_NUDGE} at most; shorten it",
        )


def _lacks(english: Messages) -> Iterator[tuple[str, str]]:
    for name in BARRIERS:
        if name not in english.barriers:
            yield "barrier", f"has no {name}; add it"
    for occasion in get_args(Occasion):
        if occasion not in english.praise:
            yield "praise", f"has no {occasion}; add it"
    for fit in get_args(Fit):
        plain = [each for each in english.nudges if fit in each.fit and each.discreet and not each.needs]
        if not plain:
            yield "nudge", f"has none that is discreet, fits {fit} and needs no placeholder; add one"
    if len(english.cues) < _FEWEST_CUES:
        yield "cues", f"has fewer than the {_FEWEST_CUES} entries it needs; add some"
    if len(english.questions) < _FEWEST_QUESTIONS:
        yield "questions", f"has fewer than the {_FEWEST_QUESTIONS} entries it needs; add some"


def _in_words(
    reader: Reader, english: Mapping[str, Barrier], words: Sequence[BarrierWords]
) -> dict[str, Barrier]:
    barriers = dict(english)
    for each in words:
        if each.id in english:
            barriers[each.id] = Barrier(**each.model_dump(), offer=english[each.id].offer)
        else:
            reader.tell(FILE, f"barrier {each.id}", "id", f"is not in en/{FILE}; correct or remove it")
    return barriers
