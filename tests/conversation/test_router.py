"""The order in which an update finds its step."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.dialogues import ANSWERED_BY, DIALOGUES, LISTED_COMMANDS, OPEN_TO_ALL
from bot.conversation.router import Router, Situation, command_of
from bot.texts import Catalogues

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
LATELY, LONG_AGO = NOW - timedelta(minutes=1), NOW - timedelta(hours=3)
BETWEEN = NOW - timedelta(hours=1)

NOTHING = Situation(
    text=None,
    press=None,
    edited=False,
    agreed=True,
    step=None,
    version=5,
    asked_at=None,
    nudged_at=None,
    replies_to_nudge=False,
    now=NOW,
)
ASKED = replace(NOTHING, step="log.told", asked_at=LATELY)
BY_THE_WAY = replace(NOTHING, step="log.reflection", asked_at=LATELY)
NUDGED = replace(NOTHING, nudged_at=BETWEEN)
TAPS = replace(NOTHING, taps_only=True)
BOTH = replace(NOTHING, step="log.told", asked_at=LONG_AGO, nudged_at=BETWEEN)

CASES = [
    ("danger comes before everything", replace(BOTH, text="/log i want to kill myself"), "crisis.heard"),
    (
        "danger before consent too",
        replace(NOTHING, agreed=False, text="I want to kill myself"),
        "crisis.heard",
    ),
    ("danger where only taps are taken", replace(TAPS, text="i want to kill myself"), "crisis.heard"),
    ("words where only taps are taken", replace(TAPS, text="fine", step="log.told"), "help.taps_only"),
    ("an edit where only taps are taken", replace(TAPS, text="10 min", edited=True), "help.taps_only"),
    ("a command where only taps are taken", replace(TAPS, text="/log"), "log.start"),
    ("a way out where only taps are taken", replace(TAPS, text="stop", step="log.told"), "help.cancel"),
    ("a press where only taps are taken", replace(TAPS, press="n:7:done"), "nudge.pressed"),
    (
        "a command that answers the open question",
        replace(NOTHING, text="/timezone Berlin", step="onboarding.where"),
        "onboarding.where",
    ),
    (
        "the command alone leaves the open question",
        replace(NOTHING, text="/timezone", step="onboarding.where"),
        "place.start",
    ),
    ("words answer a question by the way", replace(BY_THE_WAY, text="calmer"), "log.reflection"),
    (
        "hours later they don't",
        replace(BY_THE_WAY, text="did it, 4 min", asked_at=LONG_AGO),
        "note.unasked",
    ),
    (
        "hours later they answer what was asked for",
        replace(ASKED, text="did it, 4 min", asked_at=LONG_AGO),
        "log.told",
    ),
    (
        "its buttons work at any time",
        replace(BY_THE_WAY, press="s:5:skip", asked_at=LONG_AGO),
        "log.reflection",
    ),
    ("a command before the open question", replace(ASKED, text="/help"), "help.show_help"),
    ("a command may name the bot", replace(NOTHING, text="/help@LimberBot"), "help.show_help"),
    ("an unknown command says so", replace(ASKED, text="/helb"), "help.unknown_command"),
    ("a slash alone is no command", replace(NOTHING, text="/ 2"), "note.unasked"),
    ("an addressed press before the question", replace(ASKED, press="n:7:done"), "nudge.pressed"),
    ("a command behind a button", replace(ASKED, press="c:progress"), "progress.show"),
    ("a command behind a button, gone", replace(ASKED, press="c:gone"), "help.lost_place"),
    ("a press of the open question", replace(ASKED, press="s:5:done"), "log.told"),
    ("a press of an old question", replace(ASKED, press="s:4:done"), "help.old_button"),
    ("a press with no question open", replace(NOTHING, press="s:5:done"), "help.old_button"),
    ("a forged press", replace(ASKED, press="whatever"), "help.old_button"),
    ("an empty press", replace(ASKED, press=""), "help.old_button"),
    ("a document", replace(ASKED, text="", document=True), "moving.arrived"),
    ("an edited message", replace(ASKED, text="10 min", edited=True), "log.edited"),
    ("words for the open question", replace(ASKED, text="fine"), "log.told"),
    ("words for the open nudge", replace(NUDGED, text="did it"), "nudge.replied"),
    ("the nudge was later than the question", replace(BOTH, text="did it"), "nudge.replied"),
    ("the talk still goes on", replace(BOTH, text="did it", asked_at=LATELY), "log.told"),
    (
        "a reply to the nudge itself",
        replace(BOTH, text="x", asked_at=LATELY, replies_to_nudge=True),
        "nudge.replied",
    ),
    ("a way out without its slash", replace(ASKED, text="Help!"), "help.show_help"),
    ("another word for it", replace(ASKED, text="stop"), "help.cancel"),
    ("a command alone without its slash", replace(NOTHING, text="progress"), "progress.show"),
    ("the same word as an answer", replace(ASKED, text="progress"), "log.told"),
    ("words for nobody", replace(NOTHING, text="a thought"), "note.unasked"),
    ("a step that is gone", replace(ASKED, step="log.gone", text="x"), "help.lost_place"),
    ("before consent, the welcome", replace(NOTHING, agreed=False, text="hello"), "onboarding.start"),
    ("before consent, crisis lines", replace(NOTHING, agreed=False, text="/crisis"), "crisis.lines"),
    ("before consent, their button", replace(NOTHING, agreed=False, press="c:crisis"), "crisis.lines"),
    ("before consent, no other command", replace(NOTHING, agreed=False, text="/log x"), "onboarding.start"),
    ("before consent, no nudge", replace(NOTHING, agreed=False, press="n:7:done"), "onboarding.start"),
    (
        "before consent, the consent itself",
        replace(NOTHING, agreed=False, step="onboarding.consent", press="s:5:agree"),
        "onboarding.consent",
    ),
]


@pytest.mark.parametrize(("situation", "step"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_order_of_precedence(situation: Situation, step: str) -> None:
    assert (
        Router(DIALOGUES, open_to_all=OPEN_TO_ALL, answered_by=ANSWERED_BY).route(situation).step.name == step
    )


@pytest.mark.parametrize(
    ("text", "command", "argument"),
    [
        ("/log 10 min", "log", "10 min"),
        ("/LOG", "log", ""),
        ("/log@LimberBot  x", "log", "x"),
        ("/log\n10 min", "log", "10 min"),
        ("no command", None, "no command"),
        ("", None, ""),
        (None, None, ""),
        ("/1", None, "/1"),
    ],
)
def test_commands_are_told_from_words(text: str | None, command: str | None, argument: str) -> None:
    assert command_of(text) == (command, argument)


def test_every_listed_command_has_a_step_and_a_description() -> None:
    router, catalogues = Router(DIALOGUES, open_to_all=OPEN_TO_ALL, answered_by=ANSWERED_BY), Catalogues()

    assert [name for name in LISTED_COMMANDS if name not in router.commands] == []
    assert [name for name in LISTED_COMMANDS if not catalogues.has(f"command.{name}")] == []


def test_step_names_once_released_are_kept() -> None:
    router = Router(DIALOGUES, open_to_all=OPEN_TO_ALL, answered_by=ANSWERED_BY)

    assert set(RELEASED) <= set(router.steps), "people may be in the middle of these steps"
    assert set(router.steps) <= set(RELEASED), "add the new steps to the list of released ones"


RELEASED = [
    *("history.found", "history.more", "history.reworded", "review.answered", "review.when"),
    *("crisis.heard", "data.confirm", "guided.after", "guided.before", "guided.caution", "guided.half_way"),
    *("guided.running", "guided.which", "help.lost_place", "help.old_button", "help.taps_only"),
    "help.unknown_command",
    *("obstacle.line", "obstacle.reason"),
    *("brief.added", "brief.changed", "brief.takeaway", "brief.till_then"),
    *("brief.line", "brief.to_bring"),
    *("log.corrected", "log.edited", "log.reflection", "log.told", "note.unasked", "nudge.replied"),
    *("moving.arrived", "moving.confirm"),
    *("pack.enter", "pack.choose", "pack.part", "pack.days", "pack.when", "pack.cue", "pack.note"),
    *("pack.preview", "homework.each", "homework.gate", "homework.change", "homework.when"),
    *("homework.days", "homework.other"),
    *("onboarding.consent", "onboarding.cue", "onboarding.first", "onboarding.skill", "onboarding.time"),
    *("onboarding.where", "onboarding.young", "pause.until", "place.where", "place.which_country"),
    *("reminders.when", "link.confirm", "link.enter", "help.needs_words"),
    *("goals.changed", "goals.new", "letter.when", "letter.written"),
    *("slip.before", "slip.confidence", "slip.helped", "slip.if_then", "slip.situation", "slip.state"),
    *("slip.which", "after_treatment.ended", "check_in.automatic", "check_in.confidence", "check_in.reason"),
    *("if_then.action", "if_then.cue", "if_then.days", "if_then.place", "session.when", "today.another"),
    *("prediction.expected", "prediction.expects", "prediction.experienced", "prediction.happened"),
    *("prediction.step", "staying_well.section"),
    *("skills.cue", "skills.new", "guided.resume", "guided.tiny", "now.strength", "now.offered"),
    *("history.found", "history.more", "history.reworded", "review.answered", "review.when"),
    *("library.search", "library.ways", "own.name", "own.steps", "own.small"),
    "settings.quiet_typed",
]
