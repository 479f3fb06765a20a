"""Succession by subject: which instrument, and which component, of the next period carries on the same matter.

Two documents are paired where issuer and type are the same, their periods adjoin, and what they are about is alike once the
period is taken out. The loaders state a *subject key* for every text that says what a document is about (a citation's words,
the task whose product it is, its own title); here keys are compared. What comes out is an inference: a score, the rule's
name, the quotes of both sides. It never says that one replaces the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import fuzz
from rdflib import Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

from ontology.namespaces import DM, ID, slug
from queries.ntriples import format_node
from queries.store import GraphStore

ALIKE_IN_PROGRAMME = 0.5
"""Least likeness of two subjects that name the same programme: it leaves few words to compare."""
ALIKE = 0.8
"""Least likeness of two subjects that name no programme."""
ALIKE_COMPONENT = 0.7
"""Least likeness of the titles of two components of one programme."""
_SHARED_WORDS = 2

_SUBJECTS = """
PREFIX dm: <https://w3id.org/daumoi/ontology#>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
SELECT DISTINCT ?document ?number ?key ?period ?quote WHERE {
  {
    ?mention dm:citedDocument ?document ; dm:subjectKey ?key ; dm:subjectPeriod ?period ; dm:evidence ?place .
    OPTIONAL { ?mention dm:aboutEvidence ?about }
    BIND(COALESCE(?about, ?place) AS ?quote)
  } UNION {
    ?task dm:resultDocument ?document ; dm:subjectKey ?key ; dm:subjectPeriod ?period ; dm:evidence ?quote .
  } UNION {
    ?document dm:held true ; dm:subjectKey ?key ; dm:subjectPeriod ?period ; dm:titleEvidence ?quote .
  }
  ?document eli:id_local ?number .
}"""

_COMPONENTS = """
PREFIX dm: <https://w3id.org/daumoi/ontology#>
SELECT ?component ?programme ?period ?key ?parent WHERE {
  ?component a dm:NationalComponent ; dm:programme ?programme ; dm:period ?period ; dm:subjectKey ?key .
  OPTIONAL { ?component dm:parentComponent ?parent }
}"""

_HEADINGS = """
PREFIX dm: <https://w3id.org/daumoi/ontology#>
SELECT ?component (MIN(STR(?evidence)) AS ?quote) WHERE {
  ?heading dm:alignedTo ?component ; dm:evidence ?evidence
} GROUP BY ?component"""

_KNOWN = """
PREFIX dm: <https://w3id.org/daumoi/ontology#>
SELECT ?later ?earlier WHERE { ?later dm:succeeds ?earlier }"""


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """One text that says what a thing is about. ``family`` is what must be the same; ``key`` what must be alike."""

    thing: str
    family: str
    key: str
    period: str
    quote: str


@dataclass(frozen=True, slots=True)
class Succession:
    """A pair that was found, with its score and the texts it was found by."""

    rule: str
    later: Subject
    earlier: Subject
    score: float


def likeness(one: str, other: str) -> float:
    """Return how alike two keys are, 0 to 1; keys of different programmes are not alike, equal keys wholly.

    >>> likeness("dinh muc phan bo von @g", "dinh muc phan bo von @g")
    1.0
    >>> likeness("dinh muc phan bo von @g", "dinh muc phan bo von @h")
    0.0
    >>> round(likeness("quy trinh kiem tra giam sat @g", "giam sat danh gia @g"), 2)
    0.55
    """
    words, programmes = _parts(one)
    other_words, other_programmes = _parts(other)
    if programmes != other_programmes:
        return 0.0
    if words == other_words:
        return 1.0
    return (fuzz.token_set_ratio(words, other_words) + fuzz.token_sort_ratio(words, other_words)) / 200


def _parts(key: str) -> tuple[str, frozenset[str]]:
    words = key.split()
    return " ".join(w for w in words if w[0] != "@"), frozenset(w for w in words if w[0] == "@")


def pair(subjects: Iterable[Subject], rule: str, alike: float = ALIKE) -> list[Succession]:
    """Return the best pairs of each family: every thing follows at most one, and is followed by at most one.

    ``alike`` is the least likeness of keys that name no programme.
    """
    families: dict[str, list[Subject]] = defaultdict(list)
    said: set[tuple[str, ...]] = set()
    for subject in sorted(set(subjects)):
        words = (subject.thing, subject.family, subject.key, subject.period)
        if words not in said:  # the same words in a thousand documents prove as much as in the first
            said.add(words)
            families[subject.family].append(subject)
    found: list[Succession] = []
    for members in families.values():
        candidates = sorted(_candidates(members, rule, alike), key=lambda s: (-s.score, s.later, s.earlier))
        followed: set[str] = set()
        following: set[str] = set()
        for one in candidates:
            if one.later.thing not in following and one.earlier.thing not in followed:
                following.add(one.later.thing)
                followed.add(one.earlier.thing)
                found.append(one)
    return sorted(found, key=lambda s: (s.later, s.earlier))


def _candidates(members: list[Subject], rule: str, least: float) -> Iterator[Succession]:
    starting: dict[tuple[str, frozenset[str]], list[Subject]] = defaultdict(list)
    for later in members:
        starting[later.period[:4], _parts(later.key)[1]].append(later)
    for earlier in members:
        words, programmes = _parts(earlier.key)
        if not earlier.period[-4:].isdigit():
            continue
        for later in starting.get((str(int(earlier.period[-4:]) + 1), programmes), ()):
            alike = likeness(later.key, earlier.key)
            shared = set(_parts(later.key)[0].split()) & set(words.split())
            enough = alike >= (ALIKE_IN_PROGRAMME if programmes else least) and len(shared) >= _SHARED_WORDS
            if later.thing != earlier.thing and (enough or alike == 1.0):
                # The same programme is itself a reason to believe: it lifts the score above mere likeness.
                yield Succession(rule, later, earlier, 0.4 + 0.6 * alike if programmes else alike)


def find_document_successions(store: GraphStore) -> list[Succession]:
    """Return the pairs of documents of adjoining periods: same issuer, same type, like subject."""
    subjects = []
    for document, number, key, period, quote in store.select(_SUBJECTS).rows:
        subjects.append(Subject(str(document), _family(str(document), str(number)), str(key), str(period), str(quote)))
    return pair(subjects, "subject-succession")


def _family(document: str, number: str) -> str:
    """Return issuer, type symbol, and whether the number holds its year (a normative act does)."""
    issuer = document.removeprefix(ID["document/"]).rsplit("/", 2)[0]
    steps = number.split("/")
    return f"{issuer} {slug(steps[-1])} {len(steps)}"


def find_component_successions(store: GraphStore) -> list[Succession]:
    """Return the pairs of national components of adjoining phases of one programme whose titles are alike.

    Whole components pair with whole ones, parts with parts: a project is often named like its largest sub-project.
    """
    quotes = {str(component): str(quote) for component, quote in store.select(_HEADINGS).rows}
    subjects = []
    for component, programme, period, key, parent in store.select(_COMPONENTS).rows:
        family = f"{programme} {'part' if parent else 'whole'}"
        subjects.append(Subject(str(component), family, str(key), str(period), quotes.get(str(component), "")))
    return pair(subjects, "component-succession", ALIKE_COMPONENT)


def infer_successions(store: GraphStore) -> list[str]:
    """Return the statements (N-Triples without the final `` .``) for ``graph/inferred``; pairs already known are left out."""
    known = {(str(later), str(earlier)) for later, earlier in store.select(_KNOWN).rows}
    found = [*find_document_successions(store), *find_component_successions(store)]
    return sorted(
        f"{format_node(s)} {format_node(p)} {format_node(o)}"
        for one in found
        if (one.later.thing, one.earlier.thing) not in known
        for s, p, o in _state(one)
    )


def _state(found: Succession) -> Iterator[tuple[Node, Node, Node]]:
    later, earlier = URIRef(found.later.thing), URIRef(found.earlier.thing)
    tail = "/".join(thing.removeprefix(ID).split("/", 1)[1] for thing in (found.later.thing, found.earlier.thing))
    node = ID[f"inference/{found.rule}/{tail}"]
    percent = round(found.score * 100)
    vi = f"Thời kỳ {found.earlier.period} rồi {found.later.period}, cùng nội dung khi bỏ thời kỳ (giống {percent} %)"
    en = f"Period {found.earlier.period}, then {found.later.period}; alike without the period ({percent} %)"
    yield later, DM.succeeds, earlier
    yield node, RDF.type, DM.Inference
    yield node, DM.inferredBy, ID[f"rule/{found.rule}"]
    yield node, DM.inferredSubject, later
    yield node, DM.inferredPredicate, DM.succeeds
    yield node, DM.inferredObject, earlier
    yield node, DM.score, Literal(Decimal(percent) / 100, datatype=XSD.decimal)
    yield node, DM.explanation, Literal(vi, lang="vi")
    yield node, DM.explanation, Literal(en, lang="en")
    if found.later.quote:
        yield node, DM.subjectEvidence, URIRef(found.later.quote)
    if found.earlier.quote:
        yield node, DM.objectEvidence, URIRef(found.earlier.quote)
