"""The catalogue of named queries: each a ``.rq`` file with a header, each an API route, a page and a command.

A header says the name, a summary and the labels in both languages, the typed parameters and the columns::

    #+ name: leads
    #+ summary_vi: Ai chủ trì việc gì theo văn bản nào
    #+ summary_en: Who leads what under which decree
    #+ params:
    #+   decree: document | Theo văn bản | Under decree | 1722/QĐ-TTg
    #+   task: iri, required | Nhiệm vụ | Task | task/…
    #+   role: role, default=lead | Vai trò | Role | lead
    #+ columns:
    #+   agency: Cơ quan | Agency

By convention a column ``x_label`` beside ``x`` is what ``x`` is called. The first parameter lines are the ones a reader needs
first. Headers are checked when loaded; a malformed one stops the program with its file and line.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from ontology.errors import ParameterError, QueryFileError, UnknownQuery
from queries.answer import Answer, Column, Value
from queries.binding import bind_parameters, marked_names
from queries.header import Entry, Header, read_header
from queries.lexer import Kind, iter_tokens
from queries.parameters import TYPES, Parameter, is_type, parse_parameters
from queries.release import Release
from queries.store import GraphStore

NAMED = Path(__file__).parent / "named"


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question that can be asked by name."""

    name: str
    summary_vi: str
    summary_en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str
    file: Path

    def summary(self, language: str = "vi") -> str:
        """Return what the query answers, in ``language``."""
        return self.summary_en if language == "en" else self.summary_vi

    def bind(self, store: GraphStore, given: Mapping[str, Value | Sequence[Value] | None]) -> str:
        """Return the SPARQL with the given parameters bound; raise :class:`ontology.errors.ParameterError`."""
        return bind_parameters(self.text, parse_parameters(self.parameters, given, store))

    def ask(self, store: GraphStore, given: Mapping[str, Value | Sequence[Value] | None]) -> Answer:
        """Put the question to ``store``."""
        return replace(store.select(self.bind(store, given)), columns=self.columns)


class Catalogue(Mapping[str, NamedQuery]):
    """All named queries, by name."""

    def __init__(self, queries: Sequence[NamedQuery]) -> None:
        self._queries = {query.name: query for query in queries}

    def __getitem__(self, name: str) -> NamedQuery:
        try:
            return self._queries[name]
        except KeyError:
            near = get_close_matches(name, self._queries) or sorted(self._queries)
            raise UnknownQuery(f"there is no query {name!r}", remedy=f"there are: {', '.join(near)}") from None

    def __contains__(self, name: object) -> bool:
        return name in self._queries

    def __iter__(self) -> Iterator[str]:
        return iter(self._queries)

    def __len__(self) -> int:
        return len(self._queries)


@lru_cache(maxsize=8)
def load_catalogue(folder: Path = NAMED) -> Catalogue:
    """Read all named queries of ``folder``; raise :class:`QueryFileError` for the first malformed header."""
    return Catalogue([read_query(file) for file in sorted(folder.glob("*.rq"))])


def ask(source: Release | GraphStore, name: str, /, **params: Value | Sequence[Value] | None) -> Answer:
    """Put the named query ``name`` to a release or store.

    Raise :class:`UnknownQuery` where there is no such query and :class:`ontology.errors.ParameterError` where a parameter is
    missing, unknown or malformed, or names a thing of which the store says nothing; both name what there is.
    """
    store = source.store if isinstance(source, Release) else source
    query = load_catalogue()[name]
    answer = query.ask(store, params)
    if not answer.rows:
        for parameter in query.parameters:
            if parameter.type == "iri" and (given := params.get(parameter.name)) is not None:
                _require_known(store, parameter, given)
    return answer


_KNOWN = """ASK {
  #: thing
  { ?thing ?says ?something } UNION { ?somebody ?says ?thing }
}"""


def _require_known(store: GraphStore, parameter: Parameter, given: Value | Sequence[Value]) -> None:
    """Raise :class:`ParameterError` where nothing is known of a thing: no rows about it would read as *there are none*."""
    for one in [given] if isinstance(given, str) or not isinstance(given, Sequence) else given:
        iri = parameter.parse(one, store)
        if not store.holds(_KNOWN, {"thing": iri}):
            raise ParameterError(
                f"nothing is known of {iri}",
                where=parameter.name,
                remedy="search for it first",
                vi=f"{parameter.label_vi}: kho không biết gì về {iri} — hãy tìm trước",
            )


def read_query(file: Path) -> NamedQuery:
    """Read one query file with its header; raise :class:`QueryFileError` where they do not agree."""
    text = file.read_text("utf-8")
    header = read_header(text, file)
    name = _field(header, "name", file)
    if name != file.stem:
        raise QueryFileError(
            f"the query is called {name!r}", file=file, line=header.fields["name"][1], remedy=f"call it {file.stem!r}"
        )
    parameters = tuple(_parameter(entry, file) for entry in header.blocks.get("params", ()))
    columns = tuple(_column(entry, file) for entry in header.blocks.get("columns", ()))
    _agree(
        "parameters", [p.name for p in parameters], sorted(marked_names(text)), "a line '#: name' where it enters", file
    )
    _agree("columns", [c.name for c in columns], projection(text), "the variables that the SELECT shows", file)
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip() + "\n"
    summaries = _field(header, "summary_vi", file), _field(header, "summary_en", file)
    return NamedQuery(name, *summaries, parameters, columns, body, file)


def projection(query: str) -> list[str]:
    """Return the names of the variables that a SELECT shows, in order; none for ``SELECT *``.

    >>> projection("SELECT DISTINCT ?a (COUNT(?b) AS ?n) WHERE { ?a ?p ?b }")
    ['a', 'n']
    """
    shown: list[str] = []
    depth = 0
    after_as = selecting = False
    for token in iter_tokens(query):
        word = token.text.upper() if token.kind is Kind.WORD else ""
        if word == "SELECT":
            selecting = True
        elif not selecting:
            continue
        elif word in {"WHERE", "FROM"} or token.text == "{":
            break
        elif token.kind is Kind.OPEN:
            depth += 1
        elif token.kind is Kind.CLOSE:
            depth -= 1
        elif token.kind is Kind.VARIABLE and (depth == 0 or after_as):
            shown.append(token.text[1:])
        after_as = word == "AS"
    return shown


def _field(header: Header, key: str, file: Path) -> str:
    if key not in header.fields:
        raise QueryFileError(f"the header does not say {key!r}", file=file, line=1, remedy=f"add '#+ {key}: …'")
    return header.fields[key][0]


def _parameter(entry: Entry, file: Path) -> Parameter:
    parts = [part.strip() for part in entry.value.split("|")]
    words = [word.strip() for word in parts[0].split(",")]
    options = words[1:]
    default = next((word.removeprefix("default=") for word in options if word.startswith("default=")), None)
    wrong = [word for word in options if word != "required" and not word.startswith("default=")]
    if len(parts) != 4 or not all(parts[:3]) or wrong:
        raise QueryFileError(
            f"the parameter {entry.key!r} is malformed",
            file=file,
            line=entry.line,
            remedy="write 'name: type[, required][, default=value] | nhãn | label | example'",
        )
    if not is_type(words[0]):
        raise QueryFileError(
            f"{words[0]!r} is no type of parameter",
            file=file,
            line=entry.line,
            remedy=f"choose from: {', '.join(TYPES)}, choice(a/b)",
        )
    return Parameter(entry.key, words[0], "required" in options, default, parts[1], parts[2], parts[3])


def _column(entry: Entry, file: Path) -> Column:
    parts = [part.strip() for part in entry.value.split("|")]
    if len(parts) != 2 or not all(parts):
        raise QueryFileError(
            f"the column {entry.key!r} is malformed", file=file, line=entry.line, remedy="write 'name: nhãn | label'"
        )
    return Column(entry.key, *parts)


def _agree(what: str, said: list[str], used: list[str], remedy: str, file: Path) -> None:
    if (sorted(said) if what == "parameters" else said) != used:
        raise QueryFileError(
            f"the header's {what} ({', '.join(said) or 'none'}) are not those of the query ({', '.join(used) or 'none'})",
            file=file,
            line=1,
            remedy=f"every one needs {remedy}",
        )
