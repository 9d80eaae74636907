"""A nudge's words: chosen among the authored ones, filled from the person's own plan, with four buttons."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.content.filling import fill
from bot.content.messages import Fit
from bot.content.messages import Nudge as AuthoredNudge
from bot.conversation.dialogue import Say
from bot.conversation.dialogues.nudge import buttons
from bot.conversation.messages import Wire
from bot.conversation.rendering import Rendering
from bot.conversation.turn import Library
from bot.practice.wording import Template, choose_wording
from bot.store.plans import OpenPlan
from bot.store.reminders import Due
from bot.store.tables import Person
from bot.texts import Catalogues, Clock, t
from bot.understanding.places import zone_of


class Composer:
    """Words nudges. Lock-screen safe unless the person chose full text."""

    def __init__(self, catalogues: Catalogues, library: Library) -> None:
        self._catalogues = catalogues
        self._library = library
        self._rendering = Rendering(catalogues)

    def compose(
        self,
        due: Due,
        plan: OpenPlan | None,
        nudge_id: int,
        recent: Sequence[str],
        now: datetime,
        *,
        late: bool,
    ) -> tuple[Wire, str]:
        """The message for a nudge, and the id of the wording. `recent` are the wordings used, latest last."""
        person = due.person
        values = self._values(person, plan, now)
        chosen = self._choose(person, values, recent, late=late)
        words = fill(chosen.text, values) or chosen.text
        say = Say(t("words", words=words), buttons(nudge_id))
        return self._rendering.wire(say, person.language, 0), chosen.id

    def _choose(
        self, person: Person, values: Mapping[str, str], recent: Sequence[str], *, late: bool
    ) -> AuthoredNudge:
        content = self._library.content
        fit: Fit = "late" if late else "daily"
        offered = {
            each.id: each for each in content.nudges(person.language, fit, discreet=not person.full_text)
        }
        templates = [Template(each.id, each.needs) for each in offered.values()]
        chosen = choose_wording(templates, values.keys(), recent, str(person.id), len(recent))
        return offered[chosen]

    def _values(self, person: Person, plan: OpenPlan | None, now: datetime) -> dict[str, str]:
        """What the plan can fill in; what it doesn't say is left out."""
        local = now.astimezone(zone_of(person.zone))
        time = self._catalogues.plain(t("words", words=Clock(local.time())), person.language)
        values = {"time": time}
        if plan is None:
            return values
        skill = self._library.content.skill(plan.row.skill or "", person.language)
        if skill is not None:
            values.update(skill=skill.name_in_text, discreet_name=skill.discreet_name, tiny=skill.tiny)
            values.update({"minutes": str(skill.minutes)} if skill.minutes > 1 else {})
        elif plan.words.name:
            values["skill"] = plan.words.name
        given = {"cue": plan.words.cue, "action": plan.words.action, "place": plan.words.place}
        values.update(
            {name: words for name, words in {**given, "reason": plan.words.reason}.items() if words}
        )
        return values
