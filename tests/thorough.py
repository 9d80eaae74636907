"""Lives told by a script, through what somebody who only wanders would hardly ever come to."""

import re

from bot.content.loader import load_content
from bot.store.unit import Store
from tests.wanderer import Wanderer, buttons_of


class Thorough(Wanderer):
    """Wanders as well; what is told here happens in the same order each time."""

    async def lives_through(self) -> None:
        """What wandering hardly ever meets: weeks of practice, obstacles, silence, the end of treatment."""
        self.router.failing = False
        await self.person.says("/start")
        await self.agrees()
        await self._says("/cancel", "/plan stop", "/cancel", "/remind every day at 12:00")
        for _ in range(7):
            await self._says(
                "/log did it", "skip", "{word}", "7", "{word}", "7", "7", "7", "{word}", "/cancel"
            )
            await self.chat.passes(hours=60)
        for barrier in ("unclear_why", "other"):
            await self.person.presses("ob:0:" + await self.chat.app.database.read(self._plan) + f":{barrier}")
            await self._taps_if("Why I picked it")
            await self._says("{word}", "/cancel")
        await self._says("/slip {word}", "/cancel", "/slip")
        await self._taps_if("I rode out the urge")
        await self._says("{word}", "{word}", "/cancel")
        await self._says("/note", "{word}", "/session tomorrow at 16:00", "/brief")
        await self._taps_if("Change 1")
        await self._says("{word}", "/cancel")
        await self._says("/history")
        await self._taps_if("Change 1")
        await self._says("/cancel", "/note {word}", "/history")
        await self._taps_if("Find words")
        await self._says("{word}", "/cancel", "/history")
        await self._opens_a_note()
        await self._says("{word}", "/cancel", "/review")
        await self._taps_if("One question")
        await self._says("{word}", "/review weekly", "sunday 18:00", "/year")
        await self.person.presses("take:note")
        await self._says("{word}", "{word}", "/cancel")
        for _ in range(16):
            await self.chat.passes(hours=24)
        await self._taps_if("Pick it up again")
        await self._says("/session ended", "{word}", "/cancel", "/session ended")
        await self._taps_if("Yes, it has ended")
        await self._says("/practice now", "{word}", "7", "{word}", "/cancel")

    async def looks_closely(self) -> None:
        """What chance seldom leads to: the middle of exercises and maps, a file, old talks."""
        self.router.failing = False
        await self._arrives()
        await self.is_nudged()
        await self._says("/goals", "{word}", "/goals")
        await self._presses_first(r"goal:\d+:change")
        await self._says("{word}", "/predict {word}", "{word}", "7")
        await self._presses_first(r"predict:\d+:after")
        await self._says("{word}", "{word}", "3", "/slip")
        await self._presses_first(r"s:\d+:slip")
        await self._says("{word}", "{word}", "{word}", "{word}", "5")
        await self._practises()
        await self._makes_own()
        await self._passes_homework_on()
        await self._goes_to_a_session()
        await self._says("/letter", "{word}", "{word}")
        await self._presses_first(r"s:\d+:hard")
        await self._says("/wellplan", "{word}", "{word}", "/cancel", "/pause 3 days")
        await self.chat.passes(hours=48)
        await self._says("/resume")
        await self._says(*("/note bread {word}",) * 7, "/history bread", "{word}", "/export")
        await self._brings_along()
        await self._stands_at("skills.cue")
        await self._says("{word}")

    async def _arrives(self) -> None:
        """Every question at the beginning, that for the young among them."""
        await self._says("/start")
        await self._presses_first(r"s:\d+:young")
        await self._says("{word}", "/start")
        await self._presses_first(r"s:\d+:agree")
        easy = load_content().starters("en")[0]
        await self._says(easy.name, "{word}", "{word}", "Berlin", "{word}", "19:00")
        await self._says("{word}", "/cancel")

    async def _practises(self) -> None:
        """An exercise left half-way, gone on with to its end; and one that is not for everybody."""
        skills = load_content().skills("en")
        rated = next(each for each in skills if each.measure != "none" and not each.caution)
        await self._says(f"/practice {rated.name}", "7", "next", "/cancel", "/practice", "{word}")
        await self._presses_first(r"s:\d+:on")
        for _ in rated.steps[1:]:
            await self._presses_first(r"s:\d+:next")
        await self._says("{word}", "3", "/cancel", f"/practice {rated.name}", "7", "next")
        await self._presses_first(r"s:\d+:stop")
        await self._says("{word}", f"/practice {rated.name}")
        await self._presses_first(r"s:\d+:tiny")
        await self._says("{word}", "/cancel", "/log did it, 5 min")
        await self._presses_first(r"lg:\d+:more")
        await self._presses_first(r"e:\d+:change")
        await self._says("{word}", "/cancel")
        *_, gated = (each for each in skills if each.check == "confirm")
        await self._says(f"/practice {gated.name}", "{word}")
        await self._presses_first(r"s:\d+:fine")
        await self._says("/cancel")

    async def _makes_own(self) -> None:
        """A skill of their own, which of two to practise, hours of rest, a search."""
        await self.person.presses("o:0:new")
        await self._says("{word}", "{word}")
        await self._presses_first(r"s:\d+:all")
        await self._says("{word}", "/cancel", "/today", "{word}")
        await self.person.presses("set:quiet=own")
        await self._says("{word}", "/cancel")
        await self.person.presses("b:find")
        await self._says("{word}", "/cancel")

    async def _passes_homework_on(self) -> None:
        """Makes homework with words in it, and goes through it as a client would."""
        await self.person.presses("pack:0:code")
        await self._says("{word}")
        await self.person.presses("pack:0:new")
        await self._says("{word}")
        await self._presses_first(r"s:\d+:own")
        await self._says("{word}")
        for what in ("days", "when", "cue", "note"):
            await self._presses_first(rf"s:\d+:{what}")
            await self._says("{word}", *(("skip",) if what in ("days", "when") else ()))
        await self._presses_first(r"s:\d+:more")
        await self._says(next(each for each in load_content().skills("en") if each.check == "confirm").name)
        await self._presses_first(r"s:\d+:see")
        await self._says("{word}")
        await self._presses_first(r"s:\d+:make")
        code = re.search(r"/pack ([A-Z0-9-]+)", self.person.messages[-1].wire.text)
        assert code is not None
        await self._says(f"/pack {code[1]}", "{word}")
        await self._presses_first(r"s:\d+:change")
        await self._says("{word}")
        for what in ("when", "days", "other"):
            await self._presses_first(r"s:\d+:change")
            await self._presses_first(rf"s:\d+:{what}")
            await self._says("{word}", "skip")
        for _ in range(2):
            await self._presses_first(r"s:\d+:take")
        await self._says("{word}")
        await self._presses_first(r"s:\d+:fine")

    async def _goes_to_a_session(self) -> None:
        """What is pushed the evening before and afterwards, each answered in words."""
        await self._says("/cancel", "/session tomorrow at 16:00", "/session in 3 days at 16:00", "/cancel")
        for _ in range(96):
            heard = len(self.person.messages)
            await self.chat.passes(hours=1)
            if len(self.person.messages) > heard:
                await self._says("{word}", "/cancel")

    async def _brings_along(self) -> None:
        """Sends the export back."""
        files = [each.attachment for each in self.person.messages if each.attachment is not None]
        await self.person.sends(f"{self.marker()}.zip", files[-1].content, self.marker())
        await self._says("{word}")
        await self._presses_first(r"s:\d+:take")

    async def _stands_at(self, step: str) -> None:
        """A talk left at a question of an earlier release, which nothing asks any more."""

        def left_there(store: Store) -> None:
            party = store.people.find("local", self.person.name)
            assert party is not None
            party.talk.row.step, party.talk.row.asked_at = step, self.chat.clock.now()

        await self.chat.app.database.write(left_there)

    async def links(self) -> None:
        """The person's chat where only taps are taken, its code entered here: its record goes on."""
        other = self.chat.person(f"{self.person.name}taps", platform="discord", taps_only=True)
        await other.says("/start")
        await other.taps("I agree")
        await other.says(f"typed {self.marker()}")
        await other.says("/goals")
        await other.presses("home:0:code")
        code = re.search(r"<b>([\w-]{9})</b>", "\n".join(each.wire.text for each in other.messages))
        assert code is not None
        await self._says(f"/link {code[1]}", "{word}")
        await self._presses_first(r"s:\d+:link")

    async def _presses_first(self, press: str) -> None:
        """Presses the newest button of this form; there has to be one."""
        for message in reversed(self.person.messages):
            for button in buttons_of(message):
                if re.fullmatch(press, button.press):
                    await self.person.presses(button.press, message, button.label)
                    return
        raise AssertionError(f"no button is like {press}: {self.person.messages[-1]}")

    async def _opens_a_note(self) -> None:
        """Presses the first button that leads to own words, on the day that is shown."""
        for button in buttons_of(self.person.messages[-1]):
            if button.press.startswith("hist:note:"):
                await self.person.presses(button.press, self.person.messages[-1], button.label)
                return

    async def _says(self, *texts: str) -> None:
        for text in texts:
            step = await self.stands()
            self.answered.add(step)
            await self.person.says(text.format(word=self.marker()))

    async def _taps_if(self, label: str) -> None:
        for message in reversed(self.person.messages[-4:]):
            for button in buttons_of(message):
                if button.label == label:
                    await self.person.presses(button.press, message, label)
                    return

    def _plan(self, store: Store) -> str:
        party = store.people.find("local", self.person.name)
        plans = store.plans.of(party.person.id) if party is not None else []
        return str(plans[0].row.id) if plans else "0"
