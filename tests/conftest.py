"""What several rooms of tests share: the five documents, published once."""

from pathlib import Path

import pytest

from queries.release import Release
from server.pipeline import publish_files

DOCUMENTS = Path(__file__).parents[1] / "documents"


@pytest.fixture(scope="session")
def five_documents(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release of the five documents, read and published the way ``make serve`` does it."""
    return publish_files(tmp_path_factory.mktemp("five"), [DOCUMENTS]).release
