"""The browser of `tests.browser` for the tests of the local page."""

from tests.browser import browser, pytest_collection_finish

__all__ = ["browser", "pytest_collection_finish"]
