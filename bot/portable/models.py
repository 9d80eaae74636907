"""The portable record, version 2: what `limber.json` holds, strictly. See `docs/export.md`.

Field names are those of the tables. There are no ids: what others refer to has a `number`, its place in its
list, and `plan`, `nudge` and so on are such numbers. Times are UTC, days are the person's own.
"""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.portable.values import (
    Day,
    DayRule,
    Degree,
    Instant,
    Label,
    Minute,
    Name,
    Names,
    Number,
    Rating,
    Reading,
    WallTimes,
    Words,
    Zone,
)

VERSION: Final = 2
Outcome = Literal["done", "tiny", "partly"]
Measure = Literal["distress", "confidence", "mood"]


class Part(BaseModel):
    """Anything in the record: no field that is not known, no value that has to be guessed at."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


class You(Part):
    """The person's settings, and since when they have used Limber."""

    created_at: Instant
    language: Annotated[str, Field(max_length=35)]
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    zone: Zone
    zone_known: bool = False
    day_ends_at: Minute = 240
    paused_at: Instant | None = None
    paused_until: Instant | None = None
    full_text: bool = False
    quiet_from: Minute | None = None
    quiet_to: Minute | None = None
    repeats: bool = False
    rhythm: bool = False
    theme: Literal["light", "dark"] | None = None
    treatment_ended_at: Instant | None = None


class Goal(Part):
    """What the person wants from therapy."""

    number: Number
    words: Words
    created_at: Instant
    archived_at: Instant | None = None


class PlanWords(Part):
    """What a plan says in the person's words, and, as `instruction`, in their therapist's."""

    name: Label = ""
    cue: Words = ""
    action: Words = ""
    place: Words = ""
    reason: Words = ""
    tiny: Words = ""
    steps: Annotated[list[Words], Field(max_length=50)] = []
    instruction: Words = ""


class Plan(Part):
    """A commitment to one skill: of the library (`skill`), or named in the words."""

    number: Number
    goal: Number | None = None
    skill: Name | None = None
    words: PlanWords
    target_days: Annotated[int, Field(ge=1, le=7)] = 5
    cadence: Literal["as_planned", "weekly", "monthly", "never"] = "as_planned"
    thinned_on: Day | None = None
    tiny_until: Day | None = None
    changed_at: Instant | None = None
    declined: Names = ""
    retired_at: Instant | None = None
    second_nature_at: Instant | None = None
    told_at: Reading | None = None
    created_at: Instant
    archived_at: Instant | None = None


class Reminder(Part):
    """When to nudge: by a rule of local days and times, or once, at `once_at`."""

    number: Number
    plan: Number | None = None
    kind: Name
    days: DayRule | None = None
    times: WallTimes | None = None
    starts: Day | None = None
    until: WallTimes | None = None
    once_at: Instant | None = None
    created_at: Instant
    ended_at: Instant | None = None

    @model_validator(mode="after")
    def _one_rule(self) -> "Reminder":
        given = [part is not None for part in (self.days, self.times, self.starts)]
        if any(given) and not all(given):
            raise ValueError("rule")
        return self


class Nudge(Part):
    """One message that was pushed."""

    number: Number
    plan: Number | None = None
    reminder: Number | None = None
    due_at: Instant
    written_at: Instant
    sent_at: Instant | None = None
    wording: Name
    outcome: Name | None = None
    answered_at: Instant | None = None


class Practice(Part):
    """One logged occasion."""

    number: Number
    plan: Number | None = None
    nudge: Number | None = None
    skill: Name | None = None
    day: Day
    at: Instant
    logged_at: Instant
    outcome: Outcome
    times: Annotated[int, Field(ge=1, le=1000)] = 1
    minutes: Annotated[int, Field(ge=0, le=1440)] | None = None
    before: Rating | None = None
    after: Rating | None = None
    barrier: Name | None = None
    measure: Measure | None = None
    real: bool = False
    start: Literal["prompted", "remembered", "just_happened"] | None = None
    well: Degree | None = None
    hard: Degree | None = None
    helped: Literal["worse", "no_change", "a_little", "a_lot"] | None = None


class Reflection(Part):
    """The person's own words about a practice or, with none, a note."""

    practice: Number | None = None
    asked: bool = False
    purpose: Name | None = None
    day: Day
    at: Instant
    words: Words


class Obstacle(Part):
    """What got in the way."""

    plan: Number | None = None
    nudge: Number | None = None
    day: Day
    at: Instant
    barrier: Name
    nudged_at: WallTimes | None = None


class SlipWords(Part):
    """The map of a slip."""

    situation: Words = ""
    state: Words = ""
    before: Words = ""
    if_then: Words = ""
    helped: Words = ""


class Slip(Part):
    """An old habit that came back, or an urge that was ridden out."""

    plan: Number | None = None
    day: Day
    at: Instant
    ridden_out: bool = False
    confidence: Rating | None = None
    words: SlipWords


class CheckIn(Part):
    """A short repeated question set, and its value."""

    plan: Number | None = None
    kind: Name
    day: Day
    at: Instant
    value: Reading | None = None


class PredictionWords(Part):
    """A feared step, what was expected of it and what happened."""

    step: Words = ""
    expects: Words = ""
    happened: Words = ""


class Prediction(Part):
    """What was expected and what was experienced, 0 to 10."""

    plan: Number | None = None
    at: Instant
    expected: Rating | None = None
    happened_at: Instant | None = None
    experienced: Rating | None = None
    words: PredictionWords


class Letter(Part):
    """A letter to oneself."""

    written_at: Instant
    deliver_on: Day | None = None
    delivered_at: Instant | None = None
    words: Words


class Gate(Part):
    """That the caution of a skill was taken in."""

    skill: Name
    passed_at: Instant


SessionWords = Annotated[
    dict[Name, Words | Annotated[list[Words], Field(max_length=200)]], Field(max_length=20)
]


class Session(Part):
    """An appointment with the therapist, and what was noted for it."""

    at: Instant
    days: DayRule | None = None
    briefed_at: Instant | None = None
    asked_at: Instant | None = None
    words: SessionWords = {}


class Pause(Part):
    """A pause that is over."""

    starts: Day
    ends: Day


class WellPlan(Part):
    """The page for staying well."""

    changed_at: Instant
    signs: Words = ""
    helps: Words = ""
    safe: Words = ""
    people: Words = ""
    myself: Words = ""


class Record(Part):
    """Everything of one person that can go with them."""

    format: Literal["limber"] = "limber"
    version: Literal[2] = VERSION
    you: You
    goals: Annotated[list[Goal], Field(max_length=2_000)] = []
    plans: Annotated[list[Plan], Field(max_length=2_000)] = []
    reminders: Annotated[list[Reminder], Field(max_length=20_000)] = []
    nudges: Annotated[list[Nudge], Field(max_length=100_000)] = []
    practices: Annotated[list[Practice], Field(max_length=100_000)] = []
    reflections: Annotated[list[Reflection], Field(max_length=100_000)] = []
    obstacles: Annotated[list[Obstacle], Field(max_length=50_000)] = []
    slips: Annotated[list[Slip], Field(max_length=20_000)] = []
    check_ins: Annotated[list[CheckIn], Field(max_length=50_000)] = []
    predictions: Annotated[list[Prediction], Field(max_length=10_000)] = []
    letters: Annotated[list[Letter], Field(max_length=2_000)] = []
    gates: Annotated[list[Gate], Field(max_length=1_000)] = []
    sessions: Annotated[list[Session], Field(max_length=10_000)] = []
    pauses: Annotated[list[Pause], Field(max_length=10_000)] = []
    well_plan: WellPlan | None = None
