from bot.delivery.line import Line
from bot.store.outbox import NUDGE, REPLY, Letter


def _letter(number: int, chat: int, urgency: int = REPLY) -> Letter:
    return Letter(number, chat, chat, None, "telegram", urgency, str(chat), {}, 1, 0)


def _line(*letters: Letter) -> Line:
    line = Line()
    for letter in letters:
        line.put(letter)
    return line


def _next(line: Line) -> Letter | None:
    urgent = line.next_chat(urgent=True) is not None
    chat = line.next_chat(urgent=urgent)
    return line.take(chat) if chat is not None else None


def _served_one_by_one(line: Line) -> list[int]:
    order = []
    while (letter := _next(line)) is not None:
        order.append(letter.id)
        line.free(letter.account_id)
    return order


def test_a_reply_goes_before_all_nudges_that_are_in_hand() -> None:
    line = _line(*(_letter(number, number, NUDGE) for number in range(1, 6)))
    line.put(_letter(9, 9))

    assert _served_one_by_one(line) == [9, 1, 2, 3, 4, 5]


def test_who_has_much_waiting_goes_in_turn_with_the_others() -> None:
    line = _line(*(_letter(number, 1) for number in range(1, 5)), _letter(11, 2), _letter(21, 3))

    assert _served_one_by_one(line) == [1, 11, 21, 2, 3, 4]


def test_a_chat_that_is_being_served_waits_and_the_next_goes() -> None:
    line = _line(_letter(1, 1), _letter(2, 1), _letter(3, 2))
    first, second, third = _next(line), _next(line), _next(line)

    assert [each.id for each in (first, second) if each] == [1, 3]
    assert third is None
    line.free(1)
    assert _served_one_by_one(line) == [2]


def test_a_chat_that_rests_is_free_when_its_time_has_come() -> None:
    line = _line(_letter(1, 1), _letter(2, 2))
    line.rest(1, 10.0)

    assert line.wake(9.0) == 10.0
    assert _served_one_by_one(line) == [2]
    assert line.wake(10.0) is None
    assert _served_one_by_one(line) == [1]


def test_what_is_given_up_is_gone_and_the_line_goes_on() -> None:
    line = _line(_letter(1, 1), _letter(2, 1), _letter(3, 2), _letter(4, 3, NUDGE))
    served = _next(line)
    assert served is not None

    assert [each.id for each in line.give_up(1)] == [2]
    line.free(1)
    assert len(line) == 2
    assert [each.id for each in line.give_up_all()] == [3, 4]
    line.put(_letter(5, 2))
    assert _served_one_by_one(line) == [5]


def test_what_is_put_first_comes_before_the_rest_of_its_chat() -> None:
    line = _line(_letter(1, 1), _letter(2, 1))
    first = _next(line)
    assert first is not None
    line.put_first(first)
    line.free(1)

    assert _served_one_by_one(line) == [1, 2]
