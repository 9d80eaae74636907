"""Help, settings, errors: how somebody finds their way."""

from tests.conformance.rows.common import WORDS
from tests.conformance.walk import Row, allowed, breaks, forges, hears, presses, says, taps

FINDING_ONES_WAY = (
    Row(
        "help comes back to the open question",
        ("/help", "/log"),
        (
            says("/log"),
            hears("How did it go?"),
            says("/help"),
            hears("What you can do here"),
            hears("How did it go?"),
        ),
    ),
    Row(
        "a dialogue is left half-way",
        ("/cancel", "/pause"),
        (
            says("/pause"),
            hears("How long"),
            says("/cancel"),
            hears("left there"),
            says("/cancel"),
            hears("nothing to cancel"),
        ),
    ),
    Row(
        "settings show what is set, and each can be changed",
        ("/settings", "/language", "l:", "/previews"),
        (
            says("/settings"),
            hears("Settings", "Lock screen: neutral words"),
            taps("Change language"),
            hears("Which language?"),
            presses("l:en"),
            hears("speak English"),
            says("/previews"),
            hears("/previews switches back"),
        ),
        without={"discord": "names of skills are never shown in nudges there; the row below has it"},
    ),
    Row(
        "a setting has its screen, and changes in place",
        ("/settings", "set:"),
        (
            says("/settings"),
            hears("Settings"),
            presses("set:quiet"),
            hears("Quiet hours", "none now"),
            presses("set:quiet=(?!own).+"),
            hears("Quiet hours", "22:00 to 07:00 now"),
        ),
    ),
    Row(
        "quiet hours of one's own, in words",
        ("/settings", "set:", "settings.quiet_typed"),
        (
            says("/settings"),
            hears("Settings"),
            presses("set:quiet"),
            hears("Quiet hours"),
            presses("set:quiet=own"),
            hears("From when to when?"),
            says("22:30 to 6:30"),
            hears("22:30 to 06:30"),
        ),
        without=WORDS,
    ),
    Row(
        "where only taps are taken nudges stay neutral",
        ("/previews", "/settings"),
        (
            says("/previews"),
            hears("always use neutral words"),
            says("/settings"),
            hears("Lock screen: neutral words"),
        ),
        without=dict.fromkeys(("page", "telegram", "discord, free text"), "words are taken there"),
    ),
    Row(
        "words typed where only taps are taken are not kept, and the question is put again",
        ("help.taps_only",),
        (
            says("/log"),
            hears("How did it go?"),
            says("quite well"),
            hears("was not kept"),
            hears("How did it go?"),
        ),
        without=dict.fromkeys(("page", "telegram", "discord, free text"), "words are taken there"),
    ),
    Row(
        "a command there is none of",
        ("help.unknown_command",),
        (says("/levitate"), hears("I don't know that command")),
        without={"discord": "Discord runs only what is offered, and typed words are not taken there"},
    ),
    Row(
        "buttons that are too old, forged or nobody's change nothing",
        ("help.old_button", "help.lost_place", "n:", "e:", "p:", "r:", "goal:", "home:"),
        (
            says("/about"),
            hears("therapist"),
            *(
                act
                for press in ("s:0:skip", "n:7:done", "p:7:cue", "goal:7:change", "home:7:unlink", "zzz")
                for act in (forges(press), hears("belonged to an earlier message"))
            ),
            forges("e:7:change"),
            hears("That entry isn't there"),
            forges("r:7:change"),
            hears("That reminder isn't there"),
            forges("c:nowhere"),
            hears("I lost my place"),
        ),
    ),
    Row(
        "a step that fails is said kindly, and the next works",
        ("broken", "/about"),
        (
            breaks(),
            says("/about"),
            hears("Something went wrong on my side"),
            says("/about"),
            hears("therapist"),
        ),
    ),
    Row(
        "too much at once is answered once, and a call for help always",
        ("/about",),
        (
            allowed(1),
            says("/about"),
            hears("therapist"),
            says("/about"),
            hears("a lot at once"),
            says("/crisis"),
            hears("People to talk to"),
        ),
    ),
)
