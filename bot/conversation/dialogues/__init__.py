"""The dialogues: one module each, listed here."""

from bot.conversation.dialogue import Dialogue
from bot.conversation.dialogues.after_treatment import after_treatment_
from bot.conversation.dialogues.brief import brief_
from bot.conversation.dialogues.check_in import check_in_
from bot.conversation.dialogues.coming_back import coming_back_
from bot.conversation.dialogues.correcting import correcting
from bot.conversation.dialogues.crisis import crisis
from bot.conversation.dialogues.data import data
from bot.conversation.dialogues.goals import goals
from bot.conversation.dialogues.guided import guided
from bot.conversation.dialogues.help import help_
from bot.conversation.dialogues.history import history
from bot.conversation.dialogues.homework import homework_
from bot.conversation.dialogues.if_then import if_then_
from bot.conversation.dialogues.letter import letter_
from bot.conversation.dialogues.library import library
from bot.conversation.dialogues.linking import linking
from bot.conversation.dialogues.log import log_
from bot.conversation.dialogues.logged import logged_
from bot.conversation.dialogues.moving import moving
from bot.conversation.dialogues.note import note
from bot.conversation.dialogues.now import now_
from bot.conversation.dialogues.nudge import nudge_
from bot.conversation.dialogues.obstacle import obstacle_
from bot.conversation.dialogues.onboarding import onboarding
from bot.conversation.dialogues.own_skills import own_skills
from bot.conversation.dialogues.pack import pack
from bot.conversation.dialogues.pause import pause
from bot.conversation.dialogues.place import place
from bot.conversation.dialogues.prediction import prediction
from bot.conversation.dialogues.progress import progress
from bot.conversation.dialogues.quality import quality_
from bot.conversation.dialogues.reminders import reminders
from bot.conversation.dialogues.report import report_
from bot.conversation.dialogues.review import review_
from bot.conversation.dialogues.session import session_
from bot.conversation.dialogues.settings import settings_
from bot.conversation.dialogues.skills import skills
from bot.conversation.dialogues.slip import slip
from bot.conversation.dialogues.staying_well import staying_well_
from bot.conversation.dialogues.suggestion import suggestion_
from bot.conversation.dialogues.today import today_
from bot.conversation.dialogues.undo import undo
from bot.conversation.dialogues.worse import worse

DIALOGUES: tuple[Dialogue, ...] = (
    crisis,
    help_,
    settings_,
    onboarding,
    guided,
    now_,
    worse,
    log_,
    logged_,
    correcting,
    coming_back_,
    obstacle_,
    suggestion_,
    quality_,
    nudge_,
    progress,
    history,
    review_,
    reminders,
    place,
    pause,
    skills,
    goals,
    if_then_,
    check_in_,
    today_,
    slip,
    prediction,
    letter_,
    session_,
    brief_,
    after_treatment_,
    staying_well_,
    library,
    own_skills,
    data,
    moving,
    report_,
    linking,
    pack,
    homework_,
    undo,
    note,
)

OPEN_TO_ALL = frozenset(
    (
        "start",
        "crisis",
        "sos",
        "help",
        "about",
        "privacy",
        "language",
        "country",
        "cancel",
        "link",
        "export",
        "delete",
        "onboarding.consent",
        "link.enter",
        "link.confirm",
        "pack",
        *(f"pack.{step}" for step in ("enter", "choose", "part", "days", "when", "cue", "note", "preview")),
        "onboarding.young",
        "place.which_country",
        "data.confirm",
    )
)
"""What needs no consent: commands, presses of that prefix, and the steps of questions asked before it."""

ANSWERED_BY = {
    "onboarding.where": "timezone",
    "onboarding.time": "remind",
    "onboarding.young": "country",
    "session.when": "session",
    "link.enter": "link",
    "pack.enter": "pack",
}
"""Questions that a command with its words answers as well: whoever can't type there is not sent away."""

NEUTRAL_ARGUMENTS = frozenset(
    (
        *("remind", "review", "timezone", "country", "language", "pause", "link", "pack", "session"),
        *("practice", "plan"),
    )
)
"""Commands followed by times, places, languages, a code, or a skill of the library: words that may be given
where typing is not. Nothing else that is typed there may be kept or repeated.
"""

COMPLETED = frozenset(("practice", "plan", "timezone", "country"))
"""Commands of which the words are completed while they are typed; see `bot.conversation.completing`."""

WORDED = frozenset(("goals", "own", "predict", "letter", "wellplan"))
"""Commands about words of the person's own, which are not offered where typing is not."""

LISTED_COMMANDS = (
    "practice",
    "now",
    "log",
    "progress",
    "history",
    "review",
    "year",
    "remind",
    "reminders",
    "skills",
    "own",
    "plan",
    "today",
    "goals",
    "slip",
    "predict",
    "letter",
    "session",
    "note",
    "brief",
    "wellplan",
    "timezone",
    "country",
    "pause",
    "resume",
    "undo",
    "settings",
    "language",
    "link",
    "unlink",
    "report",
    "pack",
    "export",
    "import",
    "delete",
    "privacy",
    "about",
    "crisis",
    "help",
    "cancel",
    "start",
)
"""The commands that a platform offers in its menu, in this order."""
