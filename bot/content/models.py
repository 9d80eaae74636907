"""What a skill file holds, field by field, with the limits of EVIDENCE section 3."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt

Measure = Literal["distress", "confidence", "mood", "none"]
Check = Literal["none", "note", "confirm"]
Phase = Literal["in", "hold", "out", "rest", "tense", "release", "stay"]


def tidy(text: str) -> str:
    """Return `text` as it is.

    Raises ValueError where it has spaces at its ends, or a line break or another control character.
    """
    if text != text.strip():
        raise ValueError("has a space at its beginning or end; remove it")
    if not text.isprintable():
        raise ValueError("has a line break, a tab or another invisible character; write it as one line")
    return text


Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=32)]
Line = Annotated[str, Field(min_length=1), AfterValidator(tidy)]
Label = Annotated[Line, Field(max_length=40)]
Question = Annotated[Line, Field(max_length=120)]
Cue = Annotated[Line, Field(max_length=60)]
Bubble = Annotated[Line, Field(max_length=160)]


class Entry(BaseModel):
    """A part of a content file: fixed once read, without unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Beat(Entry):
    """A stretch of a timed step: breathing in, out, holding, tensing, letting go, or staying with it."""

    phase: Phase
    seconds: StrictInt = Field(ge=1, le=600)


class Pace(Entry):
    """How one step is timed in a guided run: its beats in order, gone through `rounds` times.

    `step` counts from 1, as people do.
    """

    step: StrictInt = Field(ge=1, le=7)
    rounds: StrictInt = Field(default=1, ge=1, le=30)
    beats: tuple[Beat, ...] = Field(min_length=1, max_length=8)

    @property
    def seconds(self) -> int:
        """How long the step takes, all rounds together."""
        return self.rounds * sum(beat.seconds for beat in self.beats)


class SkillWords(Entry):
    """The words of a skill: what a translation holds.

    `name_in_text` is the name inside a sentence; `short_names` are what else people call it; an
    `everyday_name` is too ordinary to be looked for in what people write. `discreet_name` gives nothing
    away on a lock screen.
    """

    id: Slug
    name: Label
    name_in_text: Label
    short_names: tuple[Label, ...] = Field(default=(), max_length=8)
    discreet_name: Annotated[Line, Field(max_length=32)]
    everyday_name: StrictBool = False
    purpose: Annotated[Line, Field(max_length=90)]
    when: Annotated[Line, Field(max_length=90)]
    tiny: Annotated[Line, Field(max_length=100)]
    steps: tuple[Bubble, ...] = Field(min_length=3, max_length=7)
    reflect: tuple[Question, ...] = Field(min_length=1, max_length=2)
    caution: Annotated[str, Field(max_length=400), AfterValidator(tidy)]
    cue_ideas: tuple[Cue, ...] = Field(min_length=1, max_length=4)


class Skill(SkillWords):
    """A technique from therapy that can be practised.

    `minutes` is a usual practice; `effort` is 1 (can be done on a hard day) to 3 (needs energy and a quiet
    spot); `measure` is the 0-10 rating taken before and after; `check` says whether the caution is absent
    (`none`), shown in line (`note`) or shown and waited on (`confirm`); `needs_plan` asks that it was agreed
    with a therapist. `source` credits where the idea comes from.
    """

    family: Slug
    minutes: StrictInt = Field(ge=1, le=60)
    effort: StrictInt = Field(ge=1, le=3)
    measure: Measure
    caution_tags: tuple[Slug, ...] = Field(max_length=12)
    check: Check
    needs_plan: StrictBool
    tags: tuple[Slug, ...] = Field(min_length=1, max_length=5)
    pace: tuple[Pace, ...] = ()
    source: Annotated[Line, Field(max_length=200)]

    def pace_of(self, step: int) -> Pace | None:
        """Return how the step at this index (from 0) is timed, or None where the person sets the pace."""
        return next((pace for pace in self.pace if pace.step == step + 1), None)


class SkillsMeta(Entry):
    """What the English skill file says of itself; `starters` are offered at onboarding, in order."""

    language: str
    review_status: Line
    caution_vocabulary: tuple[Slug, ...] = Field(min_length=1)
    starters: tuple[Slug, ...] = Field(min_length=8, max_length=12)
    stop_rule: Annotated[Line, Field(max_length=200)]


class SkillsFile(Entry):
    """The English skill file; each skill is checked on its own afterwards."""

    meta: SkillsMeta
    families: dict[Slug, Label] = Field(min_length=1)
    tags: dict[Slug, Label] = Field(min_length=1)
    tag_words: dict[Slug, tuple[Label, ...]]
    phases: dict[Phase, Label] = Field(min_length=7)
    skill: list[dict[str, Any]] = Field(min_length=1)


class TranslatedMeta(Entry):
    """What a translated skill file says of itself."""

    language: str
    stop_rule: Annotated[Line, Field(max_length=200)]


class TranslatedSkillsFile(Entry):
    """A translated skill file; what it lacks is shown in English."""

    meta: TranslatedMeta
    families: dict[Slug, Label] = {}
    tags: dict[Slug, Label] = {}
    tag_words: dict[Slug, tuple[Label, ...]] = {}
    phases: dict[Phase, Label] = {}
    skill: list[dict[str, Any]] = []
