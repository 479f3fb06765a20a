"""What several rooms of tests share: the five documents, published once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from queries.release import Release, open_current
from server.pipeline import publish_files

DOCUMENTS = Path(__file__).parents[1] / "documents"


@pytest.fixture(scope="session", autouse=True)
def no_corrections(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Leave out what people have corrected in the checkout's table: the tests are about what is read."""
    kept = os.environ.get("DAUMOI_CORRECTIONS")
    os.environ["DAUMOI_CORRECTIONS"] = str(tmp_path_factory.mktemp("no") / "corrections.csv")
    yield
    os.environ.pop("DAUMOI_CORRECTIONS")
    if kept is not None:
        os.environ["DAUMOI_CORRECTIONS"] = kept


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


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files anew; review the diff like code"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Draw the same examples in every run, so that none fails by chance; ``--hypothesis-profile explore`` draws new ones."""
    settings.register_profile("same", derandomize=True, deadline=None, print_blob=False)
    settings.register_profile("explore", deadline=None, max_examples=2000)
    if config.getoption("--hypothesis-profile", None) is None:
        settings.load_profile("same")


@pytest.fixture
def updates_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew (``--update-golden``)."""
    return bool(request.config.getoption("--update-golden"))
