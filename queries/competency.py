"""The competency questions: what anybody must be able to ask of the graph in the words of ``docs/graph.md`` alone.

Each is a file of ``queries/competency``: a plain SPARQL query without parameters, with its question in both languages in the
header, so that it can be pasted into any client. Together they use every class and every property of the vocabulary. They are
the vocabulary's acceptance test (``tests/queries/test_competency.py``) and the examples that the site shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from ontology.errors import QueryFileError
from queries.catalogue import NamedQuery, load_catalogue
from queries.header import read_header

FOLDER = Path(__file__).parent / "competency"
THEMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "duties": ("Ai làm gì", "Who does what"),
        "groups": ("Nhóm và thành viên", "Groups and their members"),
        "time": ("Thời hạn", "Time"),
        "products": ("Sản phẩm và cấp trình", "Products and submission"),
        "bases": ("Căn cứ và viện dẫn", "Legal bases and citations"),
        "documents": ("Văn bản", "Documents"),
        "proof": ("Bằng chứng, suy luận, điều còn bỏ ngỏ", "Evidence, inference, open points"),
        "programmes": ("Chương trình, kinh phí, chỉ tiêu, báo cáo", "Programmes, budgets, targets, reports"),
        "succession": ("Giai đoạn sau kế tục giai đoạn trước", "Succession between periods"),
        "registry": ("Cơ quan, địa bàn, ngành", "Agencies, places, lines of work"),
    }
)
"""What the questions are about, by the word in a file's header, in the order of the site."""


@dataclass(frozen=True, slots=True)
class Question:
    """One competency question with its query; ``number`` is that of its file, ``theme`` one of :data:`THEMES`."""

    number: int
    theme: str
    query: NamedQuery

    @property
    def name(self) -> str:
        """Return the name of the question's file."""
        return self.query.name

    @property
    def sparql(self) -> str:
        """Return the query with its question above it, as the editor opens it."""
        return f"# {self.query.summary_vi}\n# {self.query.summary_en}\n{self.query.text}"


@lru_cache(maxsize=2)
def load_questions(folder: Path = FOLDER) -> tuple[Question, ...]:
    """Return all questions by number; raise :class:`QueryFileError` where a file's header or name is not as it must be."""
    return tuple(sorted((_question(query) for query in load_catalogue(folder).values()), key=lambda one: one.number))


def _question(query: NamedQuery) -> Question:
    theme, line = read_header(query.file.read_text("utf-8"), query.file).fields.get("theme", ("", 1))
    number = query.name.partition("-")[0]
    if theme not in THEMES or not number.isdecimal():
        raise QueryFileError(
            f"{query.name!r} is no competency question of the theme {theme!r}",
            file=query.file,
            line=line,
            remedy=f"name it 'NN-words' and choose a theme from: {', '.join(THEMES)}",
        )
    return Question(int(number), theme, query)
