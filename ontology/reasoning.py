"""OWL reasoning with owlready2 (HermiT): is the vocabulary consistent, alone and with a sample of data, and what follows.

HermiT is a Java program that owlready2 brings along; Java itself has to be on the machine. Where it is absent nothing
fails: the verdict says so, in words, and carries what :mod:`ontology.clashes` finds without it.

What this gives that the SPARQL rules do not: it proves that no class is impossible and that no two axioms collide, for
*every* graph that could be stated; the rules only add statements to the graph at hand and would never notice.
"""

import io
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import owlready2
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from ontology.clashes import Clash, find_clashes
from ontology.namespaces import DM

HERE = Path(__file__).parent
VOCABULARY_FILES = ("daumoi.ttl", "schemes.ttl")
Triple = tuple[Node, Node, Node]

JAVA_MISSING_VI = (
    "không tìm thấy Java, nên chưa chạy được bộ suy luận OWL; cài một JRE (Debian/Ubuntu: default-jre-headless) "
    "rồi chạy lại. Các kiểm tra không cần Java vẫn được thực hiện"
)
JAVA_MISSING_EN = (
    "no Java was found, so the OWL reasoner did not run; install a JRE (Debian/Ubuntu: default-jre-headless) "
    "and run again. What can be checked without Java was checked"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What reasoning found.

    ``consistent`` is ``None`` where no reasoner ran and nothing was found without one: not known. ``impossible`` are classes
    that nothing can belong to; ``inferred`` pairs of individual and class that the data did not state.
    """

    consistent: bool | None
    reasoner: str | None
    impossible: tuple[str, ...] = ()
    inferred: tuple[tuple[str, str], ...] = ()
    clashes: tuple[Clash, ...] = ()
    note_vi: str = ""
    note_en: str = ""


def load_vocabulary(folder: Path = HERE) -> Graph:
    """Return the vocabulary and its concept schemes."""
    graph = Graph()
    for name in VOCABULARY_FILES:
        graph.parse(folder / name, format="turtle")
    return graph


def find_java() -> str | None:
    """Return the path of the ``java`` program (from ``JAVA_HOME`` or the search path), ``None`` where there is none."""
    home = os.environ.get("JAVA_HOME")
    return (shutil.which("java", path=str(Path(home) / "bin")) if home else None) or shutil.which("java")


def reason(data: Iterable[Triple] = (), vocabulary: Graph | None = None, java: str | None = None) -> Verdict:
    """Check the vocabulary together with ``data`` for consistency and classify what is in it.

    Args:
        data: statements to check with it, such as one document's graph; those the vocabulary says nothing of are left out.
        vocabulary: the vocabulary (default: the program's own).
        java: the Java program (default: :func:`find_java`).
    """
    terms = load_vocabulary() if vocabulary is None else vocabulary
    sample = select_sample(data, terms)
    clashes = tuple(find_clashes(terms, sample))
    program = java or find_java()
    if program is None:
        return Verdict(
            False if clashes else None, None, clashes=clashes, note_vi=JAVA_MISSING_VI, note_en=JAVA_MISSING_EN
        )
    return _run_hermit(terms, sample, clashes, program)


def select_sample(data: Iterable[Triple], vocabulary: Graph) -> Graph:
    """Return the statements that OWL can reason about: of declared classes and properties, literals of OWL 2's datatypes.

    Dates are left out, because the OWL 2 datatype map has no ``xsd:date``; SHACL checks them.
    """
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    known = {term for kind in kinds for term in vocabulary.subjects(RDF.type, kind)}
    annotations = set(vocabulary.subjects(RDF.type, OWL.AnnotationProperty))
    sample = Graph()
    for s, p, o in data:
        if (p == RDF.type and o in known) or (p in known - annotations and not _is_foreign(o)):
            sample.add((s, p, o))
    return sample


def _is_foreign(value: Node) -> bool:
    return isinstance(value, Literal) and str(value.datatype or "").rsplit("#")[-1] in {"date", "gYear", "gYearMonth"}


def _run_hermit(vocabulary: Graph, sample: Graph, clashes: tuple[Clash, ...], java: str) -> Verdict:
    world = owlready2.World()
    try:
        ontology = world.get_ontology(str(DM))
        text = "".join(graph.serialize(format="nt") for graph in (vocabulary, sample))
        ontology.load(fileobj=io.BytesIO(text.encode()), format="ntriples")
        previous, owlready2.JAVA_EXE = owlready2.JAVA_EXE, java
        try:
            owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
        except owlready2.OwlReadyInconsistentOntologyError:
            return Verdict(False, "HermiT", clashes=clashes or (_unexplained(),))
        except owlready2.OwlReadyJavaError as error:
            said = " ".join(str(error).split())[:200]
            return Verdict(
                False if clashes else None,
                None,
                clashes=clashes,
                note_vi=f"bộ suy luận OWL dừng vì lỗi: {said}",
                note_en=f"the OWL reasoner stopped: {said}",
            )
        finally:
            owlready2.JAVA_EXE = previous
        impossible = sorted(str(one.iri) for one in world.inconsistent_classes() if one is not owlready2.Nothing)
        return Verdict(True, "HermiT", tuple(impossible), tuple(_inferred(world, vocabulary, sample)), clashes)
    finally:
        world.close()


def _unexplained() -> Clash:
    return Clash(
        "",
        "dữ liệu mâu thuẫn với từ vựng, nhưng mâu thuẫn không thuộc các kiểu mà chương trình giải thích được; "
        "mở từ vựng cùng dữ liệu trong Protégé và dùng chức năng Explain",
        "the data contradict the vocabulary in a way this program cannot explain; "
        "open the vocabulary with the data in Protégé and use its explanation",
    )


def _inferred(world: owlready2.World, vocabulary: Graph, sample: Graph) -> list[tuple[str, str]]:
    """Return the classes of the vocabulary that individuals were found to be in and were not stated to be in."""
    above = {
        s: set(vocabulary.transitive_objects(s, RDFS.subClassOf)) for s in vocabulary.subjects(RDF.type, OWL.Class)
    }
    found = []
    for node in sorted({s for s in sample.subjects() if isinstance(s, URIRef)}):
        individual = world[str(node)]
        if individual is None:
            continue
        stated = {up for kind in sample.objects(node, RDF.type) for up in above.get(kind, {kind})}
        for kind in individual.is_a:
            iri = URIRef(getattr(kind, "iri", ""))
            if iri in above and iri not in stated and iri != SKOS.Concept:
                found.append((str(node), str(iri)))
    return found
