import pytest

from portal import kept


@pytest.fixture(autouse=True)
def _empty_memory() -> None:
    """A test's rollback takes the content version back: what is kept must go too."""
    kept.forget()
