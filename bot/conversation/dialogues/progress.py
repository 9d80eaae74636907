"""How it is going: one sentence worth knowing, a picture that says the same, and details behind buttons."""

from bot.conversation.dialogue import Choice, Dialogue, Move, Rows, Say, done, link, stay
from bot.conversation.hearing import plan_named
from bot.conversation.overview import EVERYTHING, NoSuchScope, Overview, overview
from bot.conversation.progress_words import headline, told
from bot.conversation.turn import Turn
from bot.practice.summary import Window
from bot.texts import Text, t

progress = Dialogue("progress")

THEMES = ("light", "dark")
_LABEL = 40
_MOST_CHOICES = 8


def _of_command(turn: Turn) -> tuple[Window, str]:
    plan, rest = plan_named(turn, turn.text)
    return _window(rest), f"p{plan.row.id}" if plan is not None else EVERYTHING


def _of_press(turn: Turn) -> tuple[Window, str, str]:
    _, window, scope, view = [*(turn.incoming.press or "").split(":"), "", "", ""][:4]
    return _window(window), scope or EVERYTHING, view


@progress.command("progress", ahead=lambda turn: _read(turn, *_of_command(turn)))
def show(turn: Turn) -> Move:
    """`/progress [week|month|year] [skill]`."""
    return _shown(turn, *_of_command(turn))


@progress.press("g", ahead=lambda turn: _read(turn, *_of_press(turn)[:2]))
def pressed(turn: Turn) -> Move:
    """`g:<window>[:<scope>[:<view>]]`: another stretch or part, or another view of the same, in place."""
    window, scope, view = _of_press(turn)
    if view in THEMES:
        turn.person.theme = view
    elif view:
        return _view(turn, window, scope, view)
    return _shown(turn, window, scope)


def _window(named: str) -> Window:
    """The stretch asked for; a month where none was named."""
    words = named.lower().split()
    return next((window for window in Window if window in words), Window.MONTH)


def _found(turn: Turn, window: Window, scope: str) -> Overview | None:
    """The facts, those read ahead if they are the ones asked for; None where the part is gone."""
    ahead = turn.ahead
    if isinstance(ahead, Overview) and (ahead.facts.summary.window, ahead.scope) == (window, scope):
        return ahead
    return _read(turn, window, scope)


def _read(turn: Turn, window: Window, scope: str) -> Overview | None:
    try:
        return overview(turn.store, turn.person, window, turn.now, scope)
    except NoSuchScope:
        return None


def _shown(turn: Turn, window: Window, scope: str) -> Move:
    found = _found(turn, window, scope)
    if found is None:
        return stay(t("progress.gone"))
    if not found.facts.ever:
        back = () if scope == EVERYTHING else (link(f"g:{window}", t("progress.everything")),)
        said = headline(found, turn.plan_name)
        return done(said, buttons=((link("c:practice", t("button.practice")),), back))
    say = Say(headline(found, turn.plan_name), _rows(turn, window, scope), picture=_picture(turn, found))
    return Move((say,), stay=True)


def _picture(turn: Turn, found: Overview) -> dict[str, object] | None:
    """What to draw; nothing where there would be nothing on it."""
    if not found.facts.summary.practices:
        return None
    dark = turn.person.theme == "dark" if turn.person.theme else turn.incoming.dark
    asked = {
        "kind": "progress",
        "window": str(found.facts.summary.window),
        "scope": found.scope,
        "dark": dark,
        "discreet": turn.incoming.taps_only,
    }
    return asked if turn.incoming.taps_only else {**asked, "facts": turn.library.handing.give(found)}


def _view(turn: Turn, window: Window, scope: str, view: str) -> Move:
    found = _found(turn, window, scope)
    if found is None:
        return stay(t("progress.gone"))
    said: Text = headline(found, turn.plan_name)
    rows = _rows(turn, window, scope)
    if view == "details":
        said = told(found, turn.plan_name, own_words=not turn.incoming.taps_only)
        rows = _detail_rows(turn, window, scope)
    elif view == "skills":
        rows = _skill_rows(turn, window, scope)
    elif view == "goals":
        rows = _goal_rows(turn, window, scope)
    pressed_on = turn.incoming.pressed
    edits = pressed_on.message_ref if pressed_on is not None else None
    return Move((Say(said, rows, edits=edits),), stay=True, quiet=True)


def _rows(turn: Turn, window: Window, scope: str) -> Rows:
    windows = tuple(
        link(f"g:{each}:{scope}", t(f"progress.button_{each}")) for each in Window if each is not window
    )
    parts = [link(f"g:{window}:{scope}:details", t("progress.details"))]
    if len(turn.store.plans.of(turn.person.id)) > 1 or scope != EVERYTHING:
        parts.append(link(f"g:{window}:{scope}:skills", t("progress.by_skill")))
    if not turn.incoming.taps_only and turn.store.goals.current(turn.person.id):
        parts.append(link(f"g:{window}:{scope}:goals", t("progress.by_goal")))
    return windows, tuple(parts)


def _detail_rows(turn: Turn, window: Window, scope: str) -> Rows:
    dark = turn.person.theme == "dark" if turn.person.theme else turn.incoming.dark
    other = "light" if dark else "dark"
    return (
        (link("c:history", t("progress.history")), link("c:year", t("progress.look_back"))),
        (link(f"g:{window}:{scope}:{other}", t(f"progress.{other}")), link("c:review", t("progress.review"))),
        (_back(window, scope),),
    )


def _skill_rows(turn: Turn, window: Window, scope: str) -> Rows:
    plans = turn.store.plans.of(turn.person.id)[:_MOST_CHOICES]
    choices = [(f"p{plan.row.id}", turn.plan_name(plan)) for plan in plans]
    return _choice_rows(choices, window, scope)


def _goal_rows(turn: Turn, window: Window, scope: str) -> Rows:
    goals = turn.store.goals.current(turn.person.id)[:_MOST_CHOICES]
    return _choice_rows([(f"o{goal.id}", turn.store.goals.read(goal)) for goal in goals], window, scope)


def _choice_rows(choices: list[tuple[str, str]], window: Window, scope: str) -> Rows:
    rows = tuple(
        (link(f"g:{window}:{key}", t("words", words=name[:_LABEL])),) for key, name in choices if key != scope
    )
    everything = () if scope == EVERYTHING else (link(f"g:{window}", t("progress.everything")),)
    return *rows, (*everything, _back(window, scope))


def _back(window: Window, scope: str) -> Choice:
    return link(f"g:{window}:{scope}:back", t("button.back"))
