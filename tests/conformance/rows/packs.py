"""Homework as a link: made by a therapist, opened, changed and taken up."""

from tests.conformance.rows.common import ANOTHER, WORDS
from tests.conformance.walk import Row, enters_code, hears, notes_code, presses, says, taps

HOMEWORK = (
    *(says("/pack"), hears("for therapists"), taps("Make a link"), hears("Which skill?")),
    *(presses("s:.+:worry_sort"), hears("The homework so far")),
    *(taps("See what your client sees"), hears("Is it as you want it?")),
    *(taps("Make the link"), hears("good until"), notes_code()),
)
"""Has made a pack, and noted its code."""

PACKS = (
    Row(
        "a therapist who agreed to nothing makes homework as a link, keeps it longer and withdraws it",
        (
            *("/pack", "pack:", "pack.choose", "pack.part", "pack.days", "pack.when"),
            *("pack.cue", "pack.preview"),
        ),
        (
            *(says("/pack"), hears("for therapists"), taps("Make a link"), hears("Which skill?")),
            *(presses("s:.+:worry_sort"), hears("The homework so far")),
            *(taps("Days a week"), hears("on how many days"), taps("4"), hears("4 days a week")),
            *(taps("Times"), hears("when may a nudge"), taps("Every day at 08:00"), hears("at 08:00")),
            *(taps("After what"), hears("could it fit"), presses(ANOTHER), hears("Fits:")),
            *(taps("See what your client sees"), hears("From a therapist's link"), hears("as you want it")),
            *(taps("Make the link"), hears("good until", "/pack"), says("/pack"), hears("Good until")),
            *(taps("Keep it longer"), hears("Good until"), taps("Withdraw it"), hears("is erased")),
            *(taps("Withdraw it"), hears("leads nowhere any more")),
        ),
        stranger=True,
    ),
    Row(
        "a note and a skill in the therapist's own words",
        ("pack.note", "pack.choose"),
        (
            *(says("/pack"), hears("for therapists"), taps("Make a link"), hears("Which skill?")),
            *(says("ring somebody you like"), hears("own words"), taps("In my own words"), hears("so far")),
            *(
                taps("A note"),
                hears("Up to 300"),
                says("five minutes will do"),
                hears("five minutes will do"),
            ),
        ),
        without=WORDS,
    ),
    Row(
        "a newcomer opens a link: what Limber is comes first, then the homework that has waited",
        ("/pack", "onboarding.consent", "homework.each"),
        (
            *HOMEWORK,
            *(enters_code("/pack"), hears("homework behind it waits"), hears("this is Limber")),
            *(taps("I agree"), hears("From a therapist's link"), hears("1 of 1")),
            *(taps("Not now"), hears("All left as it was")),
        ),
        stranger=True,
    ),
    Row(
        "homework is changed, taken up and taken back",
        ("/pack", "homework.each", "homework.change", "homework.when", "homework.days", "/undo"),
        (
            *HOMEWORK,
            *(enters_code("/pack"), hears("From a therapist's link"), hears("1 of 1")),
            *(taps("Change it"), hears("suit you better"), taps("Other times"), hears("would a nudge suit")),
            *(taps("Every day at 08:00"), hears("every day at 08:00")),
            *(taps("Change it"), hears("suit you better"), taps("Days a week"), hears("On how many days")),
            *(taps("2"), hears("2 days a week"), taps("Take it up"), hears("Taken up", "Next nudge")),
            *(says("/undo"), hears("before the link")),
        ),
    ),
    Row(
        "a code of homework that is asked for, and one that leads nowhere",
        ("pack.enter", "pack:"),
        (
            *(says("/pack"), hears("for therapists"), taps("I was given a code"), hears("Which code?")),
            *(says("/pack 2222-2222-2222-2222-2222"), hears("leads nowhere just now")),
        ),
    ),
)
