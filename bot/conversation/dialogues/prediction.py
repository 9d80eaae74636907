"""Before a feared step what is expected, after it what happened, side by side."""

from bot.conversation.buttons import CANCEL, SKIP, UNDO, addressed
from bot.conversation.dialogue import Choice, Dialogue, Move, Say, answer, ask, done, link, stay
from bot.conversation.scales import rated, scale
from bot.conversation.turn import Turn
from bot.store.predictions import PredictionWords
from bot.store.tables import Prediction
from bot.texts import Day, Series, Text, in_lines, t

prediction = Dialogue("prediction")

_LONGEST = 600
_LISTED = 10
_ENOUGH = 3


@prediction.command("predict")
def start(turn: Turn) -> Move:
    """`/predict [words]`; the words are the step."""
    if turn.text:
        return _begun(turn, turn.text)
    rows = turn.store.predictions.of(turn.person.id)
    if not rows:
        return _ask_step(t("predict.none"))
    for row in rows[-_LISTED:]:
        turn.say(Say(side_by_side(turn, row), _buttons(row)))
    new = (link("predict:0:new", t("predict.new")),)
    return done(_better(rows) or t("predict.end"), buttons=(new,))


@prediction.step
def step(turn: Turn) -> Move:
    """What the person is about to do."""
    if turn.press is not None or turn.skips or not turn.text:
        return done(t("cancel.done"))
    return _begun(turn, turn.text)


@prediction.step
def expects(turn: Turn) -> Move:
    """What they expect to happen."""
    row = _row(turn)
    if row is None:
        return done(t("predict.gone"))
    if turn.press is None and not turn.skips and turn.text:
        words = turn.store.predictions.read(row)
        words.expects = turn.text[:_LONGEST]
        turn.store.predictions.keep(row, words)
    return ask(expected, t("predict.how_bad"), *scale(SKIP))


@prediction.step
def expected(turn: Turn) -> Move:
    """How bad they expect it to be, 0 to 10."""
    row, number = _row(turn), rated(turn)
    if row is None:
        return done(t("predict.gone"))
    if number is None and not turn.skips:
        return ask(expected, t("answer.rating"), *scale(SKIP))
    row.expected = number
    after = link(f"predict:{row.id}:after", t("predict.after"))
    return done(t("predict.kept"), buttons=((after,), (UNDO,)))


@prediction.step
def happened(turn: Turn) -> Move:
    """What happened, or that it did not yet."""
    row = _row(turn)
    if row is None:
        return done(t("predict.gone"))
    if turn.press == "not_yet":
        after = link(f"predict:{row.id}:after", t("predict.after"))
        return done(t("predict.not_yet_said"), buttons=((after,),))
    turn.undoable("prediction_after", row.id)
    row.happened_at = turn.now
    if turn.press is None and not turn.skips and turn.text:
        words = turn.store.predictions.read(row)
        words.happened = turn.text[:_LONGEST]
        turn.store.predictions.keep(row, words)
    return ask(experienced, t("predict.how_bad_was_it"), *scale(SKIP))


@prediction.step
def experienced(turn: Turn) -> Move:
    """How bad it was, 0 to 10."""
    row, number = _row(turn), rated(turn)
    if row is None:
        return done(t("predict.gone"))
    if number is None and not turn.skips:
        return ask(experienced, t("answer.rating"), *scale(SKIP))
    row.experienced = number
    turn.say(Say(side_by_side(turn, row)))
    said = _better(turn.store.predictions.of(turn.person.id)) or t("predict.done")
    return done(said, buttons=((UNDO,),))


@prediction.press("predict")
def pressed(turn: Turn) -> Move:
    """`predict:<prediction>:after|delete`, or `predict:0:new`."""
    row_id, what = addressed(turn)
    if what == "new":
        return _ask_step(t("predict.ask"))
    row = turn.store.predictions.get(turn.person.id, row_id)
    if row is None:
        return stay(t("predict.gone"))
    if what == "delete":
        turn.undoable("prediction_deleted", *_packed(turn, row))
        turn.store.predictions.remove(row)
        return done(t("predict.deleted"), buttons=((UNDO,),))
    turn.slots["prediction"] = row.id
    said = t("predict.what_happened", step=turn.store.predictions.read(row).step)
    return ask(happened, said, (SKIP, answer("not_yet", t("predict.not_yet"))))


def side_by_side(turn: Turn, row: Prediction) -> Text:
    """What was expected and what happened, one under the other, as far as it was given."""
    words = turn.store.predictions.read(row)
    lines = [t("predict.line", step=words.step, day=Day(row.at.astimezone(turn.zone).date()))]
    if words.expects or row.expected is not None:
        lines.append(t("predict.expected", parts=_parts(words.expects, row.expected)))
    if words.happened or row.experienced is not None:
        lines.append(t("predict.happened", parts=_parts(words.happened, row.experienced)))
    return in_lines(lines)


def _better(rows: list[Prediction]) -> Text | None:
    """How often it went better than expected, from three experiences on; nothing where it never did."""
    both = [
        (row.expected, row.experienced)
        for row in rows
        if row.expected is not None and row.experienced is not None
    ]
    better = sum(experienced < expected for expected, experienced in both)
    if len(both) < _ENOUGH or not better:
        return None
    return t("predict.better", better=better, total=len(both))


def _begun(turn: Turn, words: str) -> Move:
    row = turn.store.predictions.add(turn.person.id, PredictionWords(step=words[:_LONGEST]), turn.now)
    turn.undoable("added", "predictions", row.id)
    turn.slots["prediction"] = row.id
    return ask(expects, t("predict.expects"), (SKIP,))


def _row(turn: Turn) -> Prediction | None:
    return turn.store.predictions.get(turn.person.id, turn.slots.get("prediction", 0))


def _ask_step(said: Text) -> Move:
    return ask(step, said, (CANCEL,))


def _parts(words: str, number: int | None) -> Series:
    of_ten = [t("predict.of_ten", number=number)] if number is not None else []
    return Series((*([words] if words else []), *of_ten))


def _packed(turn: Turn, row: Prediction) -> tuple[object, ...]:
    happened_at = row.happened_at.isoformat() if row.happened_at else None
    words = vars(turn.store.predictions.read(row))
    return row.at.isoformat(), row.expected, happened_at, row.experienced, words


def _buttons(row: Prediction) -> tuple[tuple[Choice, ...], ...]:
    delete = link(f"predict:{row.id}:delete", t("button.delete"))
    if row.happened_at is not None:
        return ((delete,),)
    return (link(f"predict:{row.id}:after", t("predict.after")),), (delete,)
