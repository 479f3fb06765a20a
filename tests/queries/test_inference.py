"""Rules: run in order, repeated where they say so, and brought to rest or stopped."""

from pathlib import Path

import pytest

from ontology.errors import ReleaseError
from queries.inference import INFERRED, load_rules, run_rules
from queries.store import GraphStore

RULES = Path(__file__).parent / "rules"
DM = "https://w3id.org/daumoi/ontology#"
ELI = "http://data.europa.eu/eli/ontology#"


def _chain(length: int) -> GraphStore:
    links = [f"<urn:{i}> <{ELI}ensures_implementation_of> <urn:{i + 1}> <urn:g> ." for i in range(length)]
    return GraphStore.in_memory("\n".join(links))


def test_fixpoint_reaches_the_end_of_the_chain() -> None:
    store = _chain(6)
    made = run_rules(store, load_rules(RULES))
    assert made["20-documents"] == 6
    assert made["30-implements-closure"] == 6 * 5 // 2
    assert store.holds(f"ASK {{ <urn:0> <{DM}implementsDecree> <urn:6> }}")
    assert store.count(INFERRED) == 21


def test_what_is_stated_is_not_inferred_again() -> None:
    store = _chain(2)
    store.load_nquads(f"<urn:0> <{DM}implementsDecree> <urn:1> <urn:g> .")
    assert run_rules(store, load_rules(RULES))["20-documents"] == 1
    assert run_rules(store, load_rules(RULES)) == dict.fromkeys(
        ["10-shortcuts", "20-documents", "30-implements-closure"], 0
    )


def test_endless_rule_is_stopped(tmp_path: Path) -> None:
    rule = '#+ fixpoint: yes\nCONSTRUCT { ?o <urn:next> ?n } WHERE { ?s <urn:next> ?o BIND(IRI(CONCAT(STR(?o), "x")) AS ?n) }'
    (tmp_path / "endless.rq").write_text(rule, "utf-8")
    with pytest.raises(ReleaseError, match="come to rest"):
        run_rules(GraphStore.in_memory("<urn:a> <urn:next> <urn:b> <urn:g> ."), load_rules(tmp_path))
