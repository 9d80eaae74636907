"""A little of what `python -m tools.fuzz` does for as long as it is asked to, and all it ever found."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from tests.fuzzing.doors import DOORS
from tests.fuzzing.trying import Failed, keep, kept, try_out

EXAMPLES = {"parsers": 60, "socket": 15, "webhook": 15, "import": 12}


@pytest.mark.parametrize("name", sorted(DOORS))
def test_whatever_comes_through_a_door_is_borne(name: str) -> None:
    with DOORS[name]() as door:
        for case in kept(name):
            door.attempt(case)
        try_out(door, EXAMPLES.get(name, 15), seeded=1)


class _Brittle:
    """A door that does not bear large numbers."""

    cases = st.integers(0, 10_000)

    def attempt(self, case: Any) -> None:
        assert case < 100

    def __enter__(self) -> "_Brittle":
        return self

    def __exit__(self, *raised: object) -> None:
        """Nothing is open."""


def test_the_smallest_case_that_fails_is_told_and_kept(tmp_path: Path) -> None:
    with pytest.raises(Failed) as failed:
        try_out(_Brittle(), 500, seeded=3)
    assert failed.value.case == 100
    keep("brittle", failed.value.case, tmp_path)
    assert kept("brittle", tmp_path) == [100]
