"""Nora's year: what happens when, how she answers, what she writes. All of it made up.

She is 34, lives in Leeds, worries a great deal, and sees a therapist every second Tuesday. She means well,
is often tired, and forgets. The year begins on 7 September 2026.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tools.year.acts import Act, Edits, Nudged, On, Ramp, Says, Script, Taps, Usual, Waits

ZONE = "Europe/London"
_YEARS = (2026, 2027)


def _when(words: str) -> datetime:
    """ "Mon 7 Sep 20:10" as a wall time: the day of the week tells the year, and is checked by that."""
    for year in _YEARS:
        found = datetime.strptime(f"{words} {year}", "%a %d %b %H:%M %Y")  # noqa: DTZ007 - a wall time
        if found.strftime("%a") == words[:3]:
            return found
    raise ValueError(f"{words} is no day of this year")


def _day(words: str) -> date:
    return _when(f"{words} 12:00").date()


def on(when: str, *acts: Act) -> On:
    """What is done at a time."""
    return On(_when(when).date(), _when(when).time(), acts)


def nudged(day: str, *acts: Act, minutes: int = 6) -> Nudged:
    """What is done with that day's first nudge."""
    return Nudged(_day(day), acts, minutes)


def _span(since: str, until: str) -> tuple[datetime, datetime]:
    zone = ZoneInfo(ZONE)
    return _when(since).replace(tzinfo=zone), _when(until).replace(tzinfo=zone)


EVENTS = (
    # ---------------------------------------------------------------------- September: beginning
    on(
        "Mon 7 Sep 20:10",
        Says("/start"),
        Taps("I agree"),
        Taps("Sort the worry"),
        Says("after breakfast"),
        Says("Leeds"),
        Says("every weekday at quarter past 8"),
        Says("morning"),
        Taps("Did it"),
        Says("felt a bit silly, but two of five worries were nothing I can change"),
    ),
    on("Sat 12 Sep 10:20", Says("/session every second tuesday at 17:00")),
    on("Mon 14 Sep 18:20", Taps("Show it")),
    on(
        "Tue 15 Sep 18:40",
        Taps("Note it"),
        Says("therapist liked the list. next time bring the one about my mother"),
    ),
    on(
        "Sun 20 Sep 20:30",
        Says("/goals"),
        Says("take the train to my sister without planning for every disaster"),
    ),
    on("Sun 27 Sep 19:15", Says("/progress")),
    # ---------------------------------------------------------------------- October
    on("Sun 4 Oct 17:30", Says("/review"), Taps("Have this weekly"), Taps("Sundays at 18:00")),
    on("Wed 7 Oct 21:05", Says("/log did it, 10 min"), Waits(timedelta(seconds=40)), Taps("Undo")),
    on("Sun 11 Oct 20:00", Says("/progress month")),
    on(
        "Thu 15 Oct 12:30",
        Says("/practice sort the worry"),
        Taps("8"),
        *[Taps("Next")] * 4,
        Taps("Finish"),
        Taps("5"),
    ),
    # ---------------------------------------------------------------------- November: evenings, a slip
    on(
        "Sun 1 Nov 20:00",
        Says("/plan"),
        Taps("Another skill"),
        Says("wind down"),
        Taps("Evening wind-down"),
        Taps("Make it my practice"),
        Taps("after I brush my teeth"),
        Taps("Dim one light and put the phone across the room."),
        Taps("At home"),
        Taps("4"),
        Taps("Set a reminder"),
        Says("every day at 21:30"),
    ),
    on(
        "Tue 10 Nov 18:40",
        Says("write the worry down first, then look at the clock"),
        Taps("No plan for now"),
    ),
    on(
        "Wed 18 Nov 23:40",
        Says("/slip read bad news in bed until one again"),
        Taps("Tired"),
        Says("argument with my mother on the phone"),
        Says("put the phone in the kitchen before I lie down"),
        Taps("6"),
    ),
    on("Sun 22 Nov 17:00", Says("/history")),
    on(
        "Fri 27 Nov 22:50",
        Says("/slip"),
        Taps("I rode out the urge"),
        Says("the phone was in the kitchen. i laughed"),
    ),
    # ---------------------------------------------------------------------- December: a letter, a feared step
    on(
        "Sun 6 Dec 17:00",
        Says("/letter"),
        Says("You have got through every one of these nights. Phone in the kitchen, kettle on. It passes."),
        Taps("On a hard day"),
    ),
    on(
        "Fri 18 Dec 21:50",
        Says("/predict take the train to my sister"),
        Says("it gets stuck, i panic and everyone stares"),
        Taps("8"),
    ),
    on("Sat 19 Dec 08:50", Says("/pause until 4 January")),
    on(
        "Sat 19 Dec 16:30",
        Taps("How it went"),
        Says("forty minutes late. i read. nobody stared"),
        Taps("3"),
    ),
    # ---------------------------------------------------------------------- January: back, ill
    on("Wed 20 Jan 19:30", Says("/pause until Monday")),
    # ---------------------------------------------------------------------- February: silence
    on("Fri 26 Feb 18:10", Says("hi"), Waits(timedelta(minutes=1)), Says("tiny one, just now")),
    # ---------------------------------------------------------------------- March: a hard night
    on("Wed 17 Mar 22:40", Says("i can't do this any more")),
    on("Thu 18 Mar 20:00", Says("/letter"), Taps("Read")),
    on("Sun 21 Mar 18:00", Says("/today")),
    # ---------------------------------------------------------------------- May: the last session
    on("Sun 16 May 19:00", Says("/progress year")),
    on("Mon 24 May 19:00", Says("/report"), Taps("Show me what will be in it"), Taps("Make the PDF")),
    on(
        "Tue 25 May 18:30",
        Says("/session ended"),
        Taps("Yes, therapy has ended"),
        Taps("My page for staying well"),
        Says("reading news in bed, not answering my sister, lists of lists"),
        Says("sorting on paper, phone in the kitchen, a walk"),
        Says("phone in the kitchen, sister on the landing"),
        Says("my sister. dr okafor if it lasts two weeks"),
        Says("you know this one. start small"),
    ),
    # ---------------------------------------------------------------------- August: full support
    on("Tue 10 Aug 19:20", Says("/letter"), Taps("Read")),
    on("Sun 5 Sep 11:00", Says("/progress year")),
    on(
        "Mon 6 Sep 18:00",
        Says("/export"),
        Waits(timedelta(minutes=3)),
        Says("/delete"),
        Taps("Delete everything"),
    ),
)

NUDGED = (
    nudged("Tue 8 Sep", Says("did it, 4 min")),
    nudged("Wed 9 Sep", Taps("Did it")),
    nudged("Thu 10 Sep", Taps("Later"), Taps("In 2 hours")),
    nudged("Fri 11 Sep", Says("dun it, 3 mins, worry 7 to 5")),
    nudged("Mon 14 Sep", Taps("Not today")),
    nudged("Thu 17 Sep", Says("did it 5 min"), Edits("did it 15 min")),
    nudged("Tue 22 Sep", Taps("Not today"), Taps("What got in the way?"), Taps("I forgot")),
    nudged("Fri 2 Oct", Taps("Did it"), Says("no wait, only half of it")),
    nudged("Tue 6 Oct", Says("nah, migraine")),
    nudged("Mon 18 Jan", Says("ill, in bed. no")),
)

USUAL = (
    Usual(
        _day("Tue 8 Sep"),
        time(8, 15),
        (
            "tap   words tap   tiny  words -     -",
            "tap+  tap   -     words tap   -     -",
            "tiny  tap+  late  tap   no    -     -",
            "words tap   tap   -     tap+  -     -",
        ),
    ),
    Usual(_day("Mon 25 Jan"), time(8, 15), ("tap words tiny - tap - -", "tap+ - tap tap words - -")),
    Usual(_day("Mon 8 Feb"), time(8, 15), ("- - - - - - -",)),
    Usual(
        _day("Mon 1 Mar"),
        time(8, 15),
        ("tiny tap words - tap - -", "own tap+ own words tap - -", "tap own words own tiny+ - -"),
    ),
    Usual(_day("Mon 12 Apr"), time(8, 15), ("own words own - own - -", "own own tap+ own words - -")),
    Usual(_day("Tue 1 Jun"), time(8, 15), ("tap+ own - tap own - -", "tap own - words - - -")),
    Usual(_day("Mon 26 Jul"), time(8, 15), ("tap words tap+ tiny tap - -", "words tap - tap own - -")),
    Usual(
        _day("Sun 1 Nov"),
        time(21, 30),
        (
            "tap  -    tiny  tap+  -   no   tap",
            "tap  tiny words -     tap -    tap",
            "-    tap  tap   words -   tiny tap",
        ),
        evening=True,
    ),
    Usual(_day("Mon 8 Feb"), time(21, 30), ("- - - - - - -",), evening=True),
    Usual(
        _day("Mon 1 Mar"),
        time(21, 30),
        ("tap tiny - words tap - tap", "tap - tap+ tap no tiny -"),
        evening=True,
    ),
    Usual(_day("Tue 1 Jun"), time(21, 30), ("- - - - - - -",), evening=True),
    Usual(
        _day("Mon 26 Jul"),
        time(21, 30),
        ("tap - words tap no - tiny", "tap+ - tap - tiny - tap"),
        evening=True,
    ),
)

LINES = {
    "morning": (
        "did it, 4 min",
        "done",
        "did it, worry 6 to 4",
        "yes, 5 minutes on the bus",
        "did half of it then the kettle boiled over",
        "did it, 3 min, mostly what ifs again",
        "done, 7 to 4",
        "sorted two, parked three",
        "did it twice, once before the meeting",
        "tiny one, running late",
        "did it, 6 min, fewer what ifs than last week",
        "did it with coffee, 4 min, 5 to 3",
    ),
    "morning_noticed": (
        "mostly what ifs",
        "a now worry for once. rang the dentist",
        "what if. parked it. it came back, parked it again",
        "noticed i was already sorting in the shower",
        "both. the rent one is now",
        "i can tell them apart faster",
    ),
    "evening": (
        "phone is in the kitchen, 20 min",
        "did it, read three pages",
        "done, 15 min",
        "partly, was on the phone till ten",
        "did the tiny one",
    ),
    "evening_noticed": (
        "slept before twelve",
        "the writing down helped most",
        "the dim light did",
        "tea and no phone",
    ),
}


def _ramp(*steps: tuple[str, int]) -> Ramp:
    return Ramp(tuple((_day(day), number) for day, number in steps))


RATINGS = {
    "Sort the worry … how sure": _ramp(
        ("Mon 7 Sep", 3),
        ("Thu 1 Oct", 4),
        ("Sun 1 Nov", 5),
        ("Mon 1 Feb", 6),
        ("Thu 1 Apr", 7),
        ("Sat 1 May", 8),
    ),
    "Evening wind-down … how sure": _ramp(("Sun 1 Nov", 4), ("Fri 1 Jan", 5), ("Thu 1 Apr", 7)),
    "Sort the worry … reaching for it": _ramp(
        ("Mon 7 Sep", 3), ("Sun 1 Nov", 5), ("Mon 1 Mar", 7), ("Mon 12 Apr", 8)
    ),
    "Sort the worry … remind myself": _ramp(
        ("Mon 7 Sep", 2), ("Sun 1 Nov", 4), ("Mon 1 Mar", 6), ("Mon 12 Apr", 8)
    ),
    "Sort the worry … often begun": _ramp(
        ("Mon 7 Sep", 1), ("Sun 1 Nov", 3), ("Mon 1 Mar", 7), ("Mon 12 Apr", 8)
    ),
    "Sort the worry … Beginning takes": _ramp(("Mon 7 Sep", 4), ("Sun 1 Nov", 6), ("Mon 1 Mar", 8)),
    "Evening wind-down … reaching for it": _ramp(("Sun 1 Nov", 3), ("Mon 1 Mar", 5)),
    "Evening wind-down … remind myself": _ramp(("Sun 1 Nov", 2), ("Mon 1 Mar", 4)),
    "Evening wind-down … often begun": _ramp(("Sun 1 Nov", 2), ("Mon 1 Mar", 4)),
    "Evening wind-down … Beginning takes": _ramp(("Sun 1 Nov", 5), ("Mon 1 Mar", 6)),
}

REPLIES = {
    "What makes it a": ("the list is on the fridge", "", "it worked on the train", ""),
    "What changed?": ("i start before i think about it", ""),
    "becoming second nature": ("Once a week",),
    "any of the small signs": ("None", "A few", "Several"),
    "I can nudge you more again": ("Back to full support",),
}

NORA = Script(
    name="nora",
    zone=ZONE,
    ends=_span("Mon 7 Sep 12:00", "Mon 6 Sep 20:00")[1],
    events=EVENTS,
    nudged=NUDGED,
    usual=USUAL,
    lines=LINES,
    ratings=RATINGS,
    replies=REPLIES,
    whole=((_day("Mon 7 Sep"), _day("Fri 18 Sep")), (_day("Sat 24 Oct"), _day("Mon 26 Oct"))),
    paused=(_span("Sat 19 Dec 08:51", "Mon 4 Jan 00:00"), _span("Wed 20 Jan 19:31", "Mon 25 Jan 00:00")),
    wall_times=frozenset((time(8, 15), time(21, 30))),
)
