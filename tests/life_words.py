"""What the people of `tests.lives` say and write, made up for them."""

from dataclasses import dataclass, field

from bot.store.plans import PlanWords
from bot.store.predictions import PredictionWords
from bot.store.slips import SlipWords


@dataclass(frozen=True)
class Course:
    """One plan of a life, as shares of the whole time: from `begins` to `ends` (1 is still going on)."""

    skill: str | None
    measure: str
    remind: str
    target_days: int
    begins: float
    ends: float = 1.0
    words: PlanWords = field(default_factory=PlanWords)
    goal: int = 0


GOALS = ("Be at ease with other people again", "Sleep through the night", "Dare to drive on the motorway")
COURSES = (
    Course(
        "box_breathing",
        "distress",
        "every day at 7:30",
        5,
        0.0,
        words=PlanWords(
            cue="I have put the kettle on", action="breathe in fours, five rounds", place="kitchen"
        ),
    ),
    Course(
        "thought_record",
        "distress",
        "mon wed fri at 19:00",
        3,
        0.12,
        0.62,
        PlanWords(cue="I close the laptop", action="write down one thought", reason="my sister's wedding"),
    ),
    Course("graded_exposure", "distress", "every saturday at 10:00", 1, 0.3, 0.8, goal=2),
    Course(
        None,
        "distress",
        "every weekday at 21:45",
        4,
        0.45,
        words=PlanWords(
            name="Lights down, phone in the hall",
            cue="I brush my teeth",
            action="put the phone in the hall",
            steps=["Put the phone in the hall", "Dim the lights", "Read two pages"],
            tiny="Only the phone",
        ),
        goal=1,
    ),
    Course("gratitude", "mood", "every sunday at 20:00", 1, 0.75),
)
LEARNED = (
    "The worry got quieter once I wrote it down",
    "I noticed my shoulders before I noticed the fear",
    "It helps more when I do it before the call, not after",
    "Two minutes were enough today",
    "Nobody looked at me the way I thought they would",
    "I can be nervous and still stay in the room",
    "The first minute is the hard one",
    "=1+1 is what my thoughts feel like: they always add up to the same",
    "Être gentille avec moi, c'était plus facile qu'hier",
    "Als ich langsamer ausatmete, wurde es stiller",
)
TYPED = (
    "did it, felt silly at first, then fine",
    "10 min after breakfast, the cat sat on me",
    "half of it on the train, too loud for the rest",
    "did it in the car park before going in",
)
NOTES = (
    "Ask about the dreams",
    "The argument with M. started the same way as last time",
    "Slept six hours, the first time in weeks",
    "- she said I could leave early, and I stayed",
)
SLIPS = (
    SlipWords(
        "At the party, in the kitchen", "stressed", "a long day", "If I look for the door, I text Jo first"
    ),
    SlipWords(
        "In bed with the phone until two", "tired", "no dinner", "If it is past eleven, the phone goes out"
    ),
    SlipWords("I cancelled the dinner", "lonely", "", ""),
    SlipWords("Checked the message again and again", "sad", "a short answer from her", ""),
)
RODE_OUT = SlipWords(helped="Walked round the block and counted the blue doors")
STEPS = (
    PredictionWords(
        "Drive one exit on the motorway", "I will have to stop", "My hands shook, then they did not"
    ),
    PredictionWords("Say something in the team meeting", "They will laugh", "Someone thanked me"),
    PredictionWords("Call the landlord", "He will shout", "It took two minutes"),
)
LETTERS = (
    "You got through the winter before. Call Jo, eat something warm.",
    "When you read this it is spring. Look how far you drove.",
)
