"""What several rooms of tests share: the five documents, published once."""

from pathlib import Path

import pytest

from queries.release import Release, open_current
from server.pipeline import publish_files

DOCUMENTS = Path(__file__).parents[1] / "documents"


@pytest.fixture(scope="session")
def five_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the five documents, read and published the way ``make serve`` does it."""
    home = tmp_path_factory.mktemp("five")
    publish_files(home, [DOCUMENTS])
    return home


@pytest.fixture(scope="session")
def five_documents(five_home: Path) -> Release:
    """The release of the five documents."""
    return open_current(five_home)
