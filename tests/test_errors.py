"""Errors: a key and arguments, and a text that can be logged."""

from bot.errors import InvalidInputError, LimberError


def test_an_error_carries_key_and_arguments_and_shows_the_key_alone() -> None:
    error = InvalidInputError("error.rating", lowest=0, highest=10)
    assert isinstance(error, LimberError)
    assert error.key == "error.rating"
    assert error.arguments == {"lowest": 0, "highest": 10}
    assert str(error) == "error.rating"
