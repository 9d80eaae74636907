"""A small storm on each engine; `python -m tools.storm` runs one of any size."""

import pytest

from tools.storm.deployment import Engine
from tools.storm.storm import Storm

KILLS = 3


@pytest.mark.timeout(240)
@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
async def test_kills_and_faults_lose_nothing_and_repeat_no_more_than_was_in_flight(
    engine: Engine, request: pytest.FixtureRequest
) -> None:
    server = str(request.getfixturevalue("postgres_url")) if engine == "postgres" else None
    said: list[str] = []
    verdict = await Storm(engine, KILLS, seed=5, people=4, server=server, tell=said.append).rage()

    assert verdict.is_good, f"{verdict}\n{said[-1]}"
    assert verdict.logged >= KILLS
