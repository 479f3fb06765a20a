"""Real files cut off anywhere, or with bits turned over, are read or refused: nothing else ever happens."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from loaders.formats.confine import Limits
from loaders.source import Source, read_source
from ontology.errors import SourceError
from tests.loaders.formats.office_samples import OFFICE
from tests.loaders.formats.samples import as_text
from tests.loaders.formats.test_portals import mail

QUICK = Limits(seconds=60.0, memory=1024 * 1024 * 1024)
FILES: dict[str, Callable[[], bytes]] = {
    "chinh-sua.docx": lambda: (OFFICE / "chinh-sua.docx").read_bytes(),
    "chu-thich.pdf": lambda: (OFFICE / "chu-thich.pdf").read_bytes(),
    "chu-thich.html": lambda: (OFFICE / "chu-thich.html").read_bytes(),
    "ke-hoach.mht": lambda: mail((OFFICE / "chu-thich.html").read_text("utf-8"), "utf-8", "base64"),
    "ke-hoach.txt": lambda: as_text().encode(),
    "ke-hoach-16.txt": lambda: as_text().encode("utf-16"),
}
TURNED = 6


def cut(data: bytes) -> list[bytes]:
    """Return a file cut off at every tenth of it."""
    return [data[: len(data) * part // 10] for part in range(10)]


def turned(name: str, data: bytes) -> list[bytes]:
    """Return a file with few or many of its bits turned over."""
    found = []
    for seed in range(TURNED):
        chance = random.Random(f"{name} {seed}")
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 3, 10, 40, 200))):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        found.append(bytes(damaged))
    return found


def read_or_refuse(path: Path, data: bytes) -> Source | SourceError:
    path.write_bytes(data)
    try:
        return read_source(path, QUICK)
    except SourceError as error:
        return error


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_damaged_file_is_read_or_refused(name: str, tmp_path: Path) -> None:
    data = FILES[name]()
    damaged = [*cut(data), *turned(name, data)]
    paths = []
    for i in range(len(damaged)):
        (tmp_path / str(i)).mkdir()
        paths.append(tmp_path / str(i) / name)
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(read_or_refuse, paths, damaged))
    refused = [result for result in results if isinstance(result, SourceError)]
    assert isinstance(results[0], SourceError)  # nothing is left of it
    assert isinstance(read_or_refuse(tmp_path / name, data), Source)
    for error in refused:
        assert error.remedy
        assert len(str(error)) < 600
