"""A known weakness of a dependency fails; what could not be asked about is said."""

import io

import pytest

from tools import audit

SOUND = {"name": "sound", "version": "1.0", "vulns": []}
WEAK = {
    "name": "weak",
    "version": "2.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["2.1"]}, {"id": "PYSEC-2026-2", "fix_versions": []}],
}
UNKNOWN = {"name": "private", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("packages", "status", "said"),
    [
        ([SOUND], 0, "1 dependencies audited, no known weakness\n"),
        ([SOUND, UNKNOWN], 0, "warning: 1 of 2 dependencies were NOT audited: private\n"),
        (None, 0, "warning: dependencies were NOT audited: PyPI could not be asked\n"),
        ([], 0, "warning: dependencies were NOT audited: PyPI could not be asked\n"),
        (
            [UNKNOWN, WEAK],
            1,
            "warning: 1 of 2 dependencies were NOT audited: private\n"
            "weakness: weak 2.0: PYSEC-2026-1, mended in 2.1\n"
            "weakness: weak 2.0: PYSEC-2026-2, mended in no version yet\n",
        ),
    ],
)
def test_what_is_known_decides(packages: list[dict[str, object]] | None, status: int, said: str) -> None:
    out = io.StringIO()
    assert audit.judge(packages, out) == status
    assert out.getvalue() == said


def test_an_index_that_is_out_of_reach_is_told_apart_from_a_sound_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    packages = audit.report(["requirements/base.txt"])
    assert not packages or audit.unasked(packages)
