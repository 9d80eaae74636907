"""The first minutes, and what there is before consent."""

from tests.conformance.rows.common import ANOTHER, PLANNED, WORDS
from tests.conformance.walk import Row, forges, hears, presses, says, taps

BEGINNING = (
    Row(
        "the first minutes, by taps, from what this is to a first practice",
        (
            *("/start", "onboarding.consent", "onboarding.skill", "onboarding.cue"),
            *("onboarding.where", "onboarding.time", "onboarding.first"),
        ),
        (
            says("/start"),
            hears("this is Limber"),
            taps("I agree"),
            hears("Which skill"),
            presses(ANOTHER),
            hears("could it fit"),
            presses(ANOTHER),
            hears("Where are you?"),
            taps("Skip"),
            hears("When would you like a nudge?"),
            taps("Every day at 08:00"),
            hears("08:00", "Next:"),
            hears("first one right now"),
            taps("Did it"),
            hears("Logged: tiny version"),
        ),
        stranger=True,
    ),
    Row(
        "nothing is done before consent",
        ("onboarding.start",),
        (says("/progress"), hears("this is Limber"), forges("c:log"), hears("this is Limber")),
        stranger=True,
    ),
    Row(
        "words before consent are not kept, and it says so",
        ("onboarding.start", "onboarding.consent"),
        (says("hello"), hears("this is Limber"), says("hello there"), hears("needs your agreement")),
        stranger=True,
        without=WORDS,
    ),
    Row(
        "help, about, privacy and crisis lines are there before consent",
        ("/help", "/about", "/privacy", "/crisis", "/sos"),
        (
            says("/help"),
            hears("What you can do here"),
            says("/about"),
            hears("therapist"),
            says("/privacy"),
            hears("Your data", "/delete"),
            says("/crisis"),
            hears("People to talk to"),
            says("/sos"),
            hears("People to talk to"),
        ),
        stranger=True,
    ),
    Row(
        "a second start tells where things stand",
        ("/start",),
        (*PLANNED, says("/start"), hears("Good to see this open", "You are practising")),
    ),
)
