"""A nudge's words: chosen among the authored ones, filled from the person's own plan, with four buttons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.content.filling import fill
from bot.content.messages import Fit
from bot.content.messages import Nudge as AuthoredNudge
from bot.conversation.dialogue import Rows, Say
from bot.conversation.dialogues.coming_back import rows as come_back_rows
from bot.conversation.dialogues.nudge import buttons
from bot.conversation.homes import Mask
from bot.conversation.messages import Wire
from bot.conversation.rendering import Rendering
from bot.conversation.turn import Library
from bot.practice.nudging import Reentry
from bot.practice.schedule import local_day
from bot.practice.wording import Template, choose_wording, first_wording
from bot.store.plans import OpenPlan
from bot.store.reminders import Due
from bot.store.tables import Account, Person
from bot.texts import Catalogues, Clock, t
from bot.understanding.places import zone_of

_MORNING_ENDS, _EVENING_BEGINS, _SATURDAY = 11, 17, 5
_SMALL = "tiny"
_REENTRY_FITS: Mapping[Reentry, Fit] = {
    Reentry.STILL_UP_FOR_IT: "reentry_2",
    Reentry.KEEP_SHRINK_SWITCH_PAUSE: "reentry_5",
    Reentry.GOODBYE_FOR_NOW: "reentry_14",
}


@dataclass(frozen=True, slots=True)
class _Offer:
    """The wordings that suit a moment, by id, and as what is chosen among."""

    nudges: Mapping[str, AuthoredNudge]
    templates: Sequence[Template]


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the record adds to a nudge: placeholders it fills, and that the plan is begun without nudges."""

    values: Mapping[str, str] = field(default_factory=dict)
    starts_alone: bool = False


NOTHING_LEARNT = Learnt()


@dataclass(frozen=True, slots=True)
class _Aim:
    """Whom a message is for, where and when; `place` moves the shuffle of texts on, None for their order."""

    person: Person
    plan: OpenPlan | None
    home: Account
    now: datetime
    place: int | None = None
    known: Mapping[str, str] = field(default_factory=dict)


class Composer:
    """Words nudges. Lock-screen safe unless the person chose full text."""

    def __init__(self, catalogues: Catalogues, library: Library) -> None:
        self._catalogues = catalogues
        self._library = library
        self._rendering = Rendering(catalogues)
        self._offers: dict[tuple[str, tuple[Fit, ...], bool, bool], _Offer] = {}

    def compose(
        self,
        due: Due,
        plan: OpenPlan | None,
        nudge_id: int,
        recent: Sequence[str],
        now: datetime,
        *,
        late: bool,
        home: Account,
        learnt: Learnt = NOTHING_LEARNT,
    ) -> tuple[Wire, str]:
        """The message for a nudge, and the id of the wording. `recent` are the wordings used, latest last.

        The shuffle goes on day by day: counting the nudges themselves would mean to read them all.
        """
        fits = _fits(due, now, late=late, self_starter=learnt.starts_alone)
        known = {**learnt.values, **self._picked(due)}
        aim = _Aim(due.person, plan, home, now, _today(due.person, now).toordinal(), known)
        return self._worded(aim, fits, recent, buttons(nudge_id))

    def come_back(
        self,
        due: Due,
        plan: OpenPlan | None,
        nudge_id: int,
        stage: Reentry,
        recent: Sequence[str],
        now: datetime,
        home: Account,
    ) -> tuple[Wire, str]:
        """What is said after some days of silence, with its ways on; see `compose`.

        In the order of the texts: the second of them is for who falls silent again soon.
        """
        aim = _Aim(due.person, plan, home, now)
        return self._worded(aim, (_REENTRY_FITS[stage],), recent, come_back_rows(stage, due, nudge_id))

    def maintain(
        self, due: Due, plan: OpenPlan, nudge_id: int, recent: Sequence[str], now: datetime, home: Account
    ) -> tuple[Wire, str]:
        """A nudge after treatment has ended; see `compose`."""
        aim = _Aim(due.person, plan, home, now, _today(due.person, now).toordinal())
        return self._worded(aim, ("maintenance",), recent, buttons(nudge_id))

    def word(self, say: Say, person: Person, home: Account) -> Wire:
        """Something said outside a turn, in the person's language."""
        return self._rendering.wire(say, person.language, 0, taps_only=home.taps_only)

    def masked(self, wire: Wire, person: Person, opened: Iterable[Any]) -> Wire:
        """The message without what was opened of the person's own words."""
        return Mask(opened, self._catalogues.plain(t("home.your_words"), person.language)).wire(wire)

    def _picked(self, due: Due) -> dict[str, str]:
        """The local time that was picked; a minute drawn within a window was not."""
        person, reminder = due.person, due.reminder
        if reminder.next_due_at is None or reminder.until is not None or reminder.kind != "practice":
            return {}
        wall = reminder.next_due_at.astimezone(zone_of(person.zone)).time()
        return {"time": self._catalogues.plain(t("words", words=Clock(wall)), person.language)}

    def _worded(
        self, aim: _Aim, fits: tuple[Fit, ...], recent: Sequence[str], rows: Rows
    ) -> tuple[Wire, str]:
        values = {**self._values(aim.person, aim.plan, aim.home), **aim.known}
        chosen = self._choose(aim, values, fits, recent)
        say = Say(t("words", words=fill(chosen.text, values) or chosen.text), rows)
        return self._rendering.wire(say, aim.person.language, 0), chosen.id

    def _choose(
        self, aim: _Aim, values: Mapping[str, str], fits: tuple[Fit, ...], recent: Sequence[str]
    ) -> AuthoredNudge:
        small = aim.plan is not None and _asks_for_tiny(aim.plan, aim.person, aim.now)
        discreet = aim.home.taps_only or not aim.person.full_text
        offer = self._offer(aim.person.language, fits, small=small, discreet=discreet)
        if aim.place is None:
            return offer.nudges[first_wording(offer.templates, values.keys(), recent)]
        seed = str(aim.person.id)
        return offer.nudges[choose_wording(offer.templates, values.keys(), recent, seed, aim.place)]

    def _offer(self, language: str, fits: tuple[Fit, ...], *, small: bool, discreet: bool) -> _Offer:
        """Gathered once for each kind of moment, of which there are few."""
        moment = (language, fits, small, discreet)
        if moment not in self._offers:
            nudges = self._library.content.nudges(language, *fits, discreet=discreet)
            offered = {each.id: each for each in nudges}
            if small:
                tiny = {key: each for key, each in offered.items() if _SMALL in each.text.lower()}
                offered = tiny or offered
            templates = [Template(each.id, each.needs) for each in offered.values()]
            self._offers[moment] = _Offer(offered, templates)
        return self._offers[moment]

    def _values(self, person: Person, plan: OpenPlan | None, home: Account) -> dict[str, str]:
        """What the plan can fill in; what it doesn't say, or must not say at this home, is left out."""
        values: dict[str, str] = {}
        if plan is None:
            return values
        skill = self._library.content.skill(plan.row.skill or "", person.language)
        if skill is not None:
            name = skill.discreet_name if home.taps_only else skill.name_in_text
            values.update(skill=name, discreet_name=skill.discreet_name, tiny=skill.tiny)
            values.update({"minutes": str(skill.minutes)} if skill.minutes > 1 else {})
        if home.taps_only and person.has_written:
            return values
        if skill is None and plan.words.name:
            values["skill"] = plan.words.name
        given = {"cue": plan.words.cue, "action": plan.words.action, "place": plan.words.place}
        values.update(
            {name: words for name, words in {**given, "reason": plan.words.reason}.items() if words}
        )
        return values


def _asks_for_tiny(plan: OpenPlan, person: Person, now: datetime) -> bool:
    """Whether only the tiny version is asked for these days."""
    return plan.row.tiny_until is not None and plan.row.tiny_until >= _today(person, now)


def _today(person: Person, now: datetime) -> date:
    return local_day(now, zone_of(person.zone), person.day_ends_at)


def _fits(due: Due, now: datetime, *, late: bool, self_starter: bool) -> tuple[Fit, ...]:
    """What suits: late, asked for again, or the usual with those of the time of day and of self-starters."""
    if late:
        return ("late",)
    if due.reminder.kind in ("snooze", "repeat"):
        return ("again",)
    local = now.astimezone(zone_of(due.person.zone))
    fits: list[Fit] = ["daily"]
    fits += ["morning"] if local.hour < _MORNING_ENDS else []
    fits += ["evening"] if local.hour >= _EVENING_BEGINS else []
    fits += ["weekend"] if local.weekday() >= _SATURDAY else []
    fits += ["self_starter"] if self_starter else []
    return tuple(fits)
