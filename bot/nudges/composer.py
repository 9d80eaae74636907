"""A nudge's words: chosen among the authored ones, filled from the person's own plan, with four buttons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
from bot.practice.wording import Template, choose_wording
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
    ) -> tuple[Wire, str]:
        """The message for a nudge, and the id of the wording. `recent` are the wordings used, latest last.

        The shuffle goes on day by day: counting the nudges themselves would mean to read them all.
        """
        fits, day = _fits(due, now, late=late), _today(due.person, now).toordinal()
        return self._worded(due.person, plan, fits, recent, day, buttons(nudge_id), now, home)

    def come_back(
        self,
        due: Due,
        plan: OpenPlan | None,
        nudge_id: int,
        stage: Reentry,
        now: datetime,
        home: Account,
    ) -> tuple[Wire, str]:
        """What is said after some days of silence, with its ways on; see `compose`."""
        fit = _REENTRY_FITS[stage]
        return self._worded(due.person, plan, (fit,), (), 0, come_back_rows(stage, due, nudge_id), now, home)

    def maintain(
        self, person: Person, plan: OpenPlan, nudge_id: int, step: int, now: datetime, home: Account
    ) -> tuple[Wire, str]:
        """A nudge after treatment has ended, at that step of its ladder; see `compose`."""
        return self._worded(person, plan, ("maintenance",), (), step, buttons(nudge_id), now, home)

    def word(self, say: Say, person: Person, home: Account) -> Wire:
        """Something said outside a turn, in the person's language."""
        return self._rendering.wire(say, person.language, 0, taps_only=home.taps_only)

    def masked(self, wire: Wire, person: Person, opened: Iterable[Any]) -> Wire:
        """The message without what was opened of the person's own words."""
        return Mask(opened, self._catalogues.plain(t("home.your_words"), person.language)).wire(wire)

    def _worded(
        self,
        person: Person,
        plan: OpenPlan | None,
        fits: tuple[Fit, ...],
        recent: Sequence[str],
        place: int,
        rows: Rows,
        now: datetime,
        home: Account,
    ) -> tuple[Wire, str]:
        values = self._values(person, plan, now, home)
        small = plan is not None and _asks_for_tiny(plan, person, now)
        discreet = home.taps_only or not person.full_text
        chosen = self._choose(person, values, fits, recent, place, small=small, discreet=discreet)
        say = Say(t("words", words=fill(chosen.text, values) or chosen.text), rows)
        return self._rendering.wire(say, person.language, 0), chosen.id

    def _choose(
        self,
        person: Person,
        values: Mapping[str, str],
        fits: tuple[Fit, ...],
        recent: Sequence[str],
        place: int,
        *,
        small: bool,
        discreet: bool,
    ) -> AuthoredNudge:
        offer = self._offer(person.language, fits, small=small, discreet=discreet)
        chosen = choose_wording(offer.templates, values.keys(), recent, str(person.id), place)
        return offer.nudges[chosen]

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

    def _values(self, person: Person, plan: OpenPlan | None, now: datetime, home: Account) -> dict[str, str]:
        """What the plan can fill in; what it doesn't say, or must not say at this home, is left out."""
        local = now.astimezone(zone_of(person.zone))
        time = self._catalogues.plain(t("words", words=Clock(local.time())), person.language)
        values = {"time": time}
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


def _fits(due: Due, now: datetime, *, late: bool) -> tuple[Fit, ...]:
    """What suits the moment: late, asked for again, or the usual ones with those of the time of day."""
    if late:
        return ("late",)
    if due.reminder.kind in ("snooze", "repeat"):
        return ("again",)
    local = now.astimezone(zone_of(due.person.zone))
    fits: list[Fit] = ["daily"]
    fits += ["morning"] if local.hour < _MORNING_ENDS else []
    fits += ["evening"] if local.hour >= _EVENING_BEGINS else []
    fits += ["weekend"] if local.weekday() >= _SATURDAY else []
    return tuple(fits)
