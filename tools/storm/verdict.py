"""What became of everything once a storm is over: counted from the database and from what arrived."""

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from sqlmodel import col, select

from bot.store.database import Database
from bot.store.tables import Nudge, Outbox, Practice, SeenUpdate
from bot.store.unit import Store
from tests.emulators.telegram import SENDING, Call, TelegramEmulator
from tools.storm.crowd import Crowd

LIMIT = 30
_KINDS = ("e", "n")
_EARLY = 0.02


@dataclass
class Verdict:
    """Counts; each of `wrong` must be 0."""

    kills: int = 0
    updates: int = 0
    logged: int = 0
    nudges: int = 0
    faults: int = 0
    most_in_a_second: int = 0
    unsure: int = 0
    repeats: int = 0
    repeats_at_kills: int = 0
    refusals: int = 0
    moves: int = 0
    wrong: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether everything that must not be is not."""
        return not any(self.wrong.values())

    def __str__(self) -> str:
        told = {
            each.name: getattr(self, each.name)
            for each in fields(self)
            if each.type == "int" or each.type is int
        }
        lines = [f"{name.replace('_', ' ')}: {count}" for name, count in told.items()]
        lines += [f"  must be 0: {name}: {count}" for name, count in self.wrong.items()]
        return "\n".join(lines + self.notes)


@dataclass
class Kept:
    """What the database has in the end."""

    practices: list[str]
    seen: set[str]
    unsent: int
    nudges: int
    waiting: int
    claimed: int
    aside: list[str]
    not_back: int


async def judge(
    emulator: TelegramEmulator, database: Database, crowd: Crowd, kills: Sequence[float]
) -> Verdict:
    """`kills` are the instants of the kills, by the monotonic clock."""
    kept = await database.read(lambda store: _kept(store, [str(each.id) for each in crowd.wavering]))
    lost = [each for each in crowd.references if each not in set(kept.practices)]
    repeats, unsure = _repeats(emulator.calls), _unsure(emulator.calls)
    unexplained, at_kills = _explained(repeats, unsure, kills)
    notes = [
        f"repeated: {name} at {repeats[name]}, kills {_during(repeats[name], kills)}" for name in unexplained
    ]
    verdict = Verdict(
        kills=len(kills),
        updates=len(crowd.updates),
        logged=crowd.logged,
        nudges=crowd.reminded,
        faults=sum(_failed(call) for call in emulator.calls),
        most_in_a_second=emulator.max_in_window(1.0),
        unsure=sum(map(len, unsure.values())),
        repeats=sum(len(times) - 1 for times in repeats.values()),
        repeats_at_kills=at_kills,
        refusals=crowd.refusals,
        moves=crowd.moves,
        notes=notes + [_around(crowd, each) for each in lost],
    )
    verdict.wrong = {
        "practices lost": len(lost),
        "practices logged twice": len(kept.practices) - len(set(kept.practices)),
        "updates not handled": sum(
            f"telegram:{emulator.bot_id}:{each}" not in kept.seen for each in crowd.updates
        ),
        "nudges lost": crowd.reminded - kept.nudges,
        "nudges not sent": kept.unsent,
        "people who came back and were not nudged": kept.not_back,
        "messages left in the outbox": kept.waiting,
        "messages left claimed": kept.claimed,
        "messages set aside that never were unsure": sum(each != "unsure twice" for each in kept.aside),
        "repeats that no kill or broken connection explains": len(unexplained),
        "messages above the limit of a second": max(0, verdict.most_in_a_second - LIMIT),
        "messages sent before a 429 let them": _impatient(emulator.calls, kills),
    }
    return verdict


def _kept(store: Store, wavering: Sequence[str]) -> Kept:
    parties = [store.people.find("telegram", address) for address in wavering]
    hidden = {party.person.id for party in parties if party is not None}
    nudges = store.session.exec(select(Nudge).order_by(col(Nudge.due_at))).all()
    theirs = {each.person_id: each for each in nudges if each.person_id in hidden}
    others = [each for each in nudges if each.person_id not in hidden]
    outbox = store.session.exec(select(Outbox)).all()
    aside = [each for each in outbox if each.state == "set_aside"]
    never = {each.nudge_id for each in aside}
    unsent = [each for each in others if each.sent_at is None]
    back = [each for each in theirs.values() if each.sent_at is not None or each.id in never]
    return Kept(
        practices=[each.message_ref or "" for each in store.session.exec(select(Practice))],
        seen={each.key for each in store.session.exec(select(SeenUpdate))},
        nudges=len(others),
        unsent=sum(each.id not in never for each in unsent),
        waiting=sum(each.state == "waiting" for each in outbox),
        claimed=sum(each.state == "claimed" for each in outbox),
        aside=[each.reason or "" for each in aside if each.person_id not in hidden],
        not_back=len(wavering) - len(back),
    )


def _around(crowd: Crowd, reference: str) -> str:
    """What was said and answered around a message of which no practice was kept."""
    for person in crowd.people:
        said = sorted([*person.said, *person.messages], key=lambda each: each.message_id)
        for place, message in enumerate(said):
            if str(message.message_id) == reference:
                return " | ".join(each.text[:70] for each in said[max(0, place - 1) : place + 5])
    return f"message {reference} of a chat that moved"


def _failed(call: Call) -> bool:
    return call.status is None or call.status >= 400


def _identity(call: Call) -> str | None:
    """What a message is about, told by its buttons: a practice or a nudge, each told of once."""
    rows = (call.parameters.get("reply_markup") or {}).get("inline_keyboard", [])
    for button in (each for row in rows for each in row):
        kind, _, rest = str(button.get("callback_data", "")).partition(":")
        if kind in _KINDS:
            return f"{call.parameters['chat_id']}:{kind}:{rest.split(':')[0]}:{call.parameters.get('text')}"
    return None


def _repeats(calls: Sequence[Call]) -> dict[str, list[float]]:
    """When each message that arrived more than once arrived."""
    arrived: defaultdict[str, list[float]] = defaultdict(list)
    for call in calls:
        if call.method in SENDING and call.accepted and (name := _identity(call)) is not None:
            arrived[name].append(call.at)
    return {name: times for name, times in arrived.items() if len(times) > 1}


def _unsure(calls: Sequence[Call]) -> dict[str, list[float]]:
    """When messages were taken without saying so."""
    silent: defaultdict[str, list[float]] = defaultdict(list)
    for call in calls:
        if call.method in SENDING and call.accepted and call.status is None and (name := _identity(call)):
            silent[name].append(call.at)
    return silent


def _explained(
    repeats: dict[str, list[float]], unsure: dict[str, list[float]], kills: Sequence[float]
) -> tuple[list[str], int]:
    """The repeats that nothing explains, and how many a kill does; a kill explains one a chat."""
    unexplained: list[str] = []
    killed: set[tuple[str, float]] = set()
    for name, times in repeats.items():
        for first, second in itertools.pairwise(times):
            if first in unsure.get(name, ()):
                continue
            between = [(name.split(":")[0], kill) for kill in kills if first <= kill <= second]
            free = next((each for each in between if each not in killed), None)
            if free is None:
                unexplained.append(name)
            else:
                killed.add(free)
    return unexplained, len(killed)


def _during(times: list[float], kills: Sequence[float]) -> list[float]:
    return [each for each in kills if times[0] - 1 <= each <= times[-1] + 1]


def _impatient(calls: Sequence[Call], kills: Sequence[float]) -> int:
    """Calls to a chat that came before its 429 let them, without a kill in between."""
    closed: dict[object, tuple[float, float]] = {}
    count = 0
    for call in calls:
        chat = call.parameters.get("chat_id")
        if call.method not in SENDING:
            continue
        at, until = closed.get(chat, (0.0, 0.0))
        if call.at < until - _EARLY and not any(at <= kill <= call.at for kill in kills):
            count += 1
        if call.status == 429:
            closed[chat] = (call.at, call.at + int(call.description.rsplit(" ", 1)[-1]))
    return count
