import pytest

from knowledge.answering.library import Library
from tests.knowledge.answering import known


@pytest.fixture(scope="session")
def library() -> Library:
    return known.library()
