"""How fast the reader reads: a large corpus on one core, growth with length, and where the time goes, room by room."""

import cProfile
import os
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from rich.table import Table

from benchmarks.corpus import make_corpus, make_document
from loaders.reader import Reader, build_reader
from loaders.source import Source, read_source, text_source
from ontology.registry import load_registry

DOCUMENTS = Path(__file__).parents[1] / "documents"
CORPUS = 240
"""Documents of the corpus, together about five megabytes."""
_WARM = 12
"""Documents read before the clock starts: patterns are compiled, names put into their tree."""
_GROWTH = (1, 2, 4, 8)
_ROUNDS = 3


def measure_reading(count: int = CORPUS) -> list[Table]:
    """Return the tables on reading. All times are CPU times of one process: what else runs on the machine counts less."""
    start = time.process_time()
    registry = load_registry()
    loaded = time.process_time()
    reader = build_reader(registry)
    prepared = time.process_time()
    corpus = [_source(made.name, made.text) for made in make_corpus(registry, count + _WARM)]
    for source in corpus[:_WARM]:
        reader.read(source)
    return [
        _preparation(loaded - start, prepared - loaded),
        _throughput(reader, corpus[_WARM:]),
        _growth(reader),
        _rooms(reader, corpus[_WARM : _WARM + count // 4]),
    ]


def _source(name: str, text: str) -> Source:
    return text_source(text, name=name, media_type="text/plain", data=text.encode())


def _preparation(loading: float, building: float) -> Table:
    table = Table("việc / work", "s CPU", title="Chuẩn bị / preparation, once a process")
    table.add_row("đọc và kiểm danh mục / loading and checking the registry", f"{loading:.2f}")
    table.add_row("chuẩn bị tên gọi, mẫu câu / preparing names and patterns", f"{building:.2f}")
    return table


def _seconds(reader: Reader, source: Source) -> float:
    start = time.process_time()
    reader.read(source)
    return time.process_time() - start


def _throughput(reader: Reader, corpus: Sequence[Source]) -> Table:
    """Each document is read once, so that nothing kept from an earlier reading helps."""
    load = os.getloadavg()[0]
    table = Table(
        *("văn bản / documents", "kB", "s CPU", "MB/s", "văn bản/s"),
        title=f"Đọc / reading, one core, text to record; load average {load:.1f}",
    )
    by_layout: dict[str, list[tuple[int, float]]] = {}
    for source in corpus:
        layout = source.info.name.split("-")[1]
        by_layout.setdefault(layout, []).append((len(source.text.encode()), _seconds(reader, source)))
    for layout, figures in sorted(by_layout.items()):
        table.add_row(*_row(f"{len(figures)} × {layout}", figures))
    table.add_row(*_row(f"corpus: {len(corpus)}", [one for figures in by_layout.values() for one in figures]))
    real = [read_source(path) for path in sorted(DOCUMENTS.glob("*.txt"))]
    sizes = [len(source.text.encode()) for source in real]
    times = [_seconds(reader, source) for source in real]
    table.add_row(*_row(f"documents/: {len(real)}", list(zip(sizes, times, strict=True))))
    return table


def _row(name: str, figures: Sequence[tuple[int, float]]) -> tuple[str, ...]:
    size, seconds = sum(size for size, _ in figures), sum(took for _, took in figures)
    return name, f"{size / 1e3:.0f}", f"{seconds:.2f}", f"{size / seconds / 1e6:.2f}", f"{len(figures) / seconds:.0f}"


def _growth(reader: Reader) -> Table:
    """What grows eight times must not take more than about eight times as long: the last column stays near 1."""
    table = Table(
        *("cái gì dài ra / what grows", *(f"{n}×: ms" for n in _GROWTH), "ms/kB 8× : 1×"),
        title="Độ dài / growth with length",
    )
    registry = reader.registry
    base = make_document(registry, 7, 40)
    sentence = base.text.split("- ")[4].split("\n")[0] + " "
    agencies = ", ".join(f"Sở Y tế, Sở Tài chính, UBND huyện Tân An {n}" for n in range(12)) + ", "
    head = base.text[: base.text.index("III. NHIỆM VỤ")]
    made: dict[str, Callable[[int], str]] = {
        "văn bản / document": lambda n: make_document(registry, 7, 40 * n).text,
        "một đoạn / one paragraph": lambda n: f"{head}\nIII. NHIỆM VỤ\n- {sentence * (20 * n)}\n",
        "một câu giao nhiều việc / one statement of many duties": lambda n: (
            f"{head}\nIII. NHIỆM VỤ\n- {'Sở Y tế chủ trì, phối hợp với Sở Tài chính; ' * (40 * n)}\n"
        ),
        "một danh sách cơ quan / one list of agencies": lambda n: (
            f"{head}\nIII. NHIỆM VỤ\n- Giao {agencies * n} chủ trì.\n"
        ),
        "một dòng không khoảng trắng / one word": lambda n: f"{head}\n{'x1/' * (2000 * n)}\n",
    }
    for name, make in made.items():
        sizes, times = [], []
        for n in _GROWTH:
            source = _source(f"{n}.txt", make(n))
            sizes.append(len(source.text.encode()))
            times.append(median(_seconds(reader, source) for _ in range(_ROUNDS)))
        ratio = (times[-1] / sizes[-1]) / (times[0] / sizes[0])
        table.add_row(name, *(f"{took * 1e3:.0f}" for took in times), f"{ratio:.2f}")
    return table


def _rooms(reader: Reader, corpus: Sequence[Source]) -> Table:
    """Return where the time goes, by room and by function; the profiler itself makes small functions look dearer."""
    profile = cProfile.Profile(time.process_time, builtins=False)
    profile.enable()
    for source in corpus:
        reader.read(source)
    profile.disable()
    rooms: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for entry in profile.getstats():
        file, name = (entry.code, "") if isinstance(entry.code, str) else (entry.code.co_filename, entry.code.co_name)
        own = entry.inlinetime
        room = _room_of(file)
        rooms[room][f"{Path(file).stem}.{name}"] += own
    sums = {room: sum(own.values()) for room, own in rooms.items()}
    whole = sum(sums.values())
    table = Table("phòng / room", "%", "đắt nhất / dearest (%)", title="Thời gian theo phòng / profile by room")
    for room, own in sorted(sums.items(), key=lambda item: -item[1]):
        if own / whole >= 0.005:
            dearest = sorted(rooms[room].items(), key=lambda item: -item[1])[:3]
            names = ", ".join(f"{name} {100 * took / whole:.1f}" for name, took in dearest)
            table.add_row(room, f"{100 * own / whole:.0f}", names)
    return table


def _room_of(file: str) -> str:
    parts = Path(file).parts
    for package in ("loaders", "ontology"):
        if package in parts:
            below = parts[parts.index(package) + 1 :]
            return f"{package}/{below[0]}" if len(below) > 1 else package
    return "Python"
