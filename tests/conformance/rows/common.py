"""What rows of several themes begin with, and why some homes are without a row."""

from tests.conformance.walk import forges, hears, offers, passes, says, taps

WORDS = {"discord": "words of one's own are not taken where only taps are"}
PLACES = dict.fromkeys(("discord", "discord, free text"), "Discord has no way to share a place")
EDITS = {**WORDS, "page": "what was said on the page can't be edited"}

PLANNED = (forges("q:stop_skill"), hears("A plan works best"), says("/cancel"), hears("left there"))
"""Has a plan for a skill of the library."""
LOGGED = (
    says("/log"),
    hears("How did it go?"),
    taps("did it"),
    hears("Logged"),
    says("/cancel"),
    hears("left there"),
)
NUDGED = (
    *PLANNED,
    says("/remind in 1 minute"),
    hears("Next:"),
    passes(minutes=1),
    offers("Did it", "Later", "Not today"),
)
ANOTHER = r"s:\d+:(?!skip|stop).+"
"""Any answer but to pass over."""
