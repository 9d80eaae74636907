"""Browsing the skills: by need, by kind or by words, each list edited in place, with a way back."""

from collections.abc import Mapping, Sequence

from bot.content.loader import Skill
from bot.conversation.buttons import number_in
from bot.conversation.dialogue import Choice, Dialogue, Move, Rows, Say, answer, ask, done, link, stay
from bot.conversation.dialogues.guided import LONGEST_NAME, open_exercise, starters
from bot.conversation.dialogues.note import unasked
from bot.conversation.exercises import Exercise
from bot.conversation.turn import Turn
from bot.texts import Text, t

library = Dialogue("library")

_PAGE = 8
_FEW_WORDS = 4
"""More words than these are hardly the name of a skill, or of a need."""


@library.command("skills")
def browse(turn: Turn) -> Move:
    """`/skills [words]`: the ways to look for a skill, or what the words find."""
    if turn.incoming.taps_only:
        return _all(turn, 0)
    if not turn.text:
        return ask(ways, t("skills.ways"), *_ways())
    found = turn.library.content.search(turn.text[:LONGEST_NAME], turn.person.language)
    if not found:
        return stay(t("skills.none", words=turn.text[:60]))
    return Move((Say(t("skills.found"), _skill_rows(found[:_PAGE], "b:top")),), stay=True, quiet=True)


@library.press("b")
def looked_at(turn: Turn) -> Move:
    """`b:top`, `b:all`, `b:tags:<page>`, `b:families`, `b:tag:<tag>:<page>`, `b:family:<family>:<page>`."""
    what, *more = (turn.incoming.press or "").split(":")[1:] or ("top",)
    page = (number_in(more[-1]) or 0) if more and len(more[-1]) < _PAGE else 0
    if turn.incoming.taps_only:
        return _all(turn, page)
    if what == "find":
        return ask(search, t("skills.search"), (answer("stop", t("button.cancel")),))
    if what == "start":
        return _screen(turn, t("skills.start"), _skill_rows(starters(turn), "b:top", "b:start", page))
    if what in ("tags", "families"):
        return _labels(turn, what, page)
    if what in ("tag", "family") and more:
        return _of_label(turn, what, more[0], page)
    return _screen(turn, t("skills.ways"), _ways())


@library.fading_step
def ways(turn: Turn) -> Move:
    """Words typed under the ways to look: what they find, or what they are otherwise."""
    few = 0 < len(turn.text.split()) <= _FEW_WORDS
    found = turn.library.content.search(turn.text[:LONGEST_NAME], turn.person.language) if few else []
    if not found:
        return unasked(turn)
    return done(t("skills.found"), buttons=_skill_rows(found[:_PAGE], "b:top"))


@library.step
def search(turn: Turn) -> Move:
    """The words to look for."""
    if turn.press == "stop":
        return done(t("cancel.done"))
    found = turn.library.content.search(turn.text[:LONGEST_NAME], turn.person.language)
    if not found:
        return ask(search, t("skills.none", words=turn.text[:60]), (answer("stop", t("button.cancel")),))
    return done(t("skills.found"), buttons=_skill_rows(found[:_PAGE], "b:top"))


@library.press("k")
def shown(turn: Turn) -> Move:
    """`k:<skill>`: its card; `k:<skill>:go`: practises it."""
    skill_id, *what = (turn.incoming.press or "").split(":")[1:] or ("",)
    skill = turn.skill(skill_id)
    if skill is None:
        return stay(t("help.old_button"))
    if what == ["go"]:
        return open_exercise(turn, Exercise(skill=skill))
    said = t(
        "skills.shown",
        name=skill.name,
        purpose=skill.purpose,
        when=skill.when,
        tiny=skill.tiny,
        n=skill.minutes,
    )
    go = (link(f"k:{skill.id}:go", t("button.practice")),)
    add = (link(f"q:{skill.id}", t("skills.add")),)
    return _screen(turn, said, (go, add, (link(f"b:family:{skill.family}:0", t("button.back")),)))


def _all(turn: Turn, page: int) -> Move:
    """Every skill by its neutral name, where needs and kinds would tell too much."""
    skills = [turn.named(skill) for skill in turn.library.content.skills(turn.person.language)]
    return _screen(turn, t("skills.found"), _skill_rows(skills, "b:all", "b:all", page))


def _labels(turn: Turn, what: str, page: int) -> Move:
    """The needs, or the kinds of skill."""
    content, language = turn.library.content, turn.person.language
    if what == "tags":
        return _screen(turn, t("skills.needs"), _label_rows("tag", content.tags(language), "b:tags", page))
    kinds = _label_rows("family", content.families(language), "b:families", page)
    return _screen(turn, t("skills.kinds"), kinds)


def _of_label(turn: Turn, what: str, name: str, page: int) -> Move:
    """The skills for a need, or of a kind."""
    content, language = turn.library.content, turn.person.language
    labels = content.tags(language) if what == "tag" else content.families(language)
    if name not in labels:
        return stay(t("help.old_button"))
    found = content.by_tag(name, language) if what == "tag" else content.by_family(name, language)
    rows = _skill_rows(found, "b:tags" if what == "tag" else "b:families", f"b:{what}:{name}", page)
    return _screen(turn, t("skills.for_need", label=labels[name]), rows)


def _ways() -> Rows:
    return (
        (link("b:tags", t("skills.by_need")), link("b:families", t("skills.by_kind"))),
        (link("b:start", t("skills.easy")), link("b:find", t("skills.search_button"))),
        (link("c:now", t("now.button")),),
        (link("c:own", t("own.button")),),
    )


def _screen(turn: Turn, said: Text, rows: Rows) -> Move:
    """A list that takes the place of the one whose button was pressed."""
    pressed = turn.incoming.pressed
    edits = pressed.message_ref if pressed is not None else None
    return Move((Say(said, rows, edits=edits),), stay=True, quiet=True)


def _label_rows(what: str, labels: Mapping[str, str], here: str, page: int) -> Rows:
    choices = [link(f"b:{what}:{each}:0", t("words", words=label)) for each, label in labels.items()]
    shown_now = choices[page * _PAGE : (page + 1) * _PAGE]
    rows = tuple(tuple(shown_now[index : index + 2]) for index in range(0, len(shown_now), 2))
    return *rows, _turning(len(choices), here, page, "b:top")


def _skill_rows(found: Sequence[Skill], back: str, here: str = "", page: int = 0) -> Rows:
    shown_now = found[page * _PAGE : (page + 1) * _PAGE]
    rows = tuple((link(f"k:{skill.id}", t("words", words=skill.name)),) for skill in shown_now)
    return *rows, _turning(len(found), here, page, back)


def _turning(count: int, here: str, page: int, back: str) -> tuple[Choice, ...]:
    """Back, and the next page where there is one; back from a later page is the page before."""
    before = link(f"{here}:{page - 1}" if page else back, t("button.back"))
    more = (link(f"{here}:{page + 1}", t("skills.more")),) if (page + 1) * _PAGE < count else ()
    return before, *more
