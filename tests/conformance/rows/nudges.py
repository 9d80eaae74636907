"""Reminders, nudges and the answers to them, silence, pauses."""

from tests.conformance.rows.common import NUDGED, PLANNED, WORDS
from tests.conformance.walk import Row, forges, has_button, hears, noon, offers, passes, presses, says, taps

NUDGES = (
    Row(
        "a rule is set, listed, changed and deleted",
        ("/remind", "/reminders", "r:", "reminders.when"),
        (
            says("/remind"),
            hears("When shall I nudge you?"),
            taps("Every day at 18:00"),
            hears("18:00", "Next:"),
            says("/reminders"),
            hears("every day at 18:00"),
            hears("That's all of them"),
            presses(r"r:\d+:change"),
            hears("What shall it say instead?"),
            taps("Every day at 08:00"),
            hears("08:00", "Next:"),
            says("/reminders"),
            hears("every day at 08:00"),
            presses(r"r:\d+:delete"),
            hears("Deleted"),
        ),
    ),
    Row(
        "a rule may be given in the same message",
        ("/remind",),
        (says("/remind weekdays at 7:30 and 21:00"), hears("every weekday at 07:30 and 21:00", "Next:")),
    ),
    Row(
        "one tap answers a nudge, and the message tells it",
        ("n:",),
        (*NUDGED, has_button("Tiny version"), taps("Did it"), hears("✓ Did it"), hears("Logged: did it")),
    ),
    Row(
        "a nudge can wait",
        ("n:",),
        (
            *NUDGED,
            taps("Later"),
            hears("When"),
            taps("In 30 minutes"),
            hears("I'll be back"),
            passes(minutes=30),
            offers("Did it", "Later"),
            has_button("Did it"),
        ),
    ),
    Row(
        "not today is fine, and what got in the way has an answer",
        ("n:", "ob:", "fix:"),
        (
            *NUDGED,
            taps("Not today"),
            hears("not today"),
            taps("What got in the way?"),
            hears("What got in the way?"),
            presses(r"ob:\d+:\d+:\w+"),
            hears("hang it on something"),
            forges("fix:{plan}:smaller"),
            hears("the tiny version is all I'll ask about"),
        ),
    ),
    Row(
        "a nudge is answered in words",
        ("nudge.replied",),
        (*NUDGED, says("did it, 5 min, calmer"), hears("5 minutes")),
        without=WORDS,
    ),
    Row(
        "a suggestion can be turned down",
        ("sg:",),
        (*PLANNED, forges("sg:{plan}:no-smaller"), hears("It stays as it is")),
    ),
    Row(
        "silence is met with a word, and one tap comes back",
        ("back:",),
        (
            *PLANNED,
            says("/remind every day at 12:00"),
            hears("Next:"),
            *(act for _ in range(3) for act in (noon(), offers("Did it"))),
            presses(r"back:\d+:quieter"),
            hears("Once a week it is"),
        ),
    ),
    Row(
        "a pause, and its end",
        ("/pause", "pause.until", "/resume"),
        (
            says("/pause"),
            hears("How long"),
            taps("A week"),
            hears("Paused until"),
            says("/resume"),
            hears("Nudges are on again"),
            says("/pause until Monday"),
            hears("Paused until"),
        ),
    ),
)
