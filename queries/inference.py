"""Inference: what follows from the stated facts, by rules that are SPARQL CONSTRUCT files.

The rules in ``queries/rules/*.rq`` run in the order of their names. A rule whose header says ``#+ fixpoint: yes`` is
repeated until it finds nothing new. What a rule finds goes to ``graph/inferred``, unless it is stated already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import ReleaseError
from ontology.namespaces import GRAPH
from queries.header import read_header
from queries.store import GraphStore

INFERRED = str(GRAPH["inferred"])
RULES = Path(__file__).parent / "rules"
_MOST_ROUNDS = 64
"""A chain of documents deeper than this is a defect of the rule, not of the world."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its file, its text, and whether it is repeated until nothing new comes."""

    file: Path
    text: str
    fixpoint: bool

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.file.stem


def load_rules(folder: Path = RULES) -> list[Rule]:
    """Read all rules of ``folder``, in the order in which they run."""
    return [_load_rule(file) for file in sorted(folder.glob("*.rq"))]


def _load_rule(file: Path) -> Rule:
    text = file.read_text("utf-8")
    header = read_header(text, file)
    fixpoint = header.fields.get("fixpoint", ("no", 0))[0].casefold() in {"yes", "true"}
    return Rule(file, text, fixpoint)


def run_rules(store: GraphStore, rules: Sequence[Rule]) -> dict[str, int]:
    """Run ``rules`` over ``store`` and return how many new statements each one made.

    Raise :class:`ReleaseError` where a repeated rule does not come to rest.
    """
    made: dict[str, int] = {}
    for rule in rules:
        made[rule.name] = 0
        for _ in range(_MOST_ROUNDS if rule.fixpoint else 1):
            new = store.new_statements(store.construct(rule.text))
            if not new:
                break
            store.add_triples(INFERRED, new)
            made[rule.name] += len(new)
        else:
            if rule.fixpoint:
                raise ReleaseError(
                    f"the rule does not come to rest after {_MOST_ROUNDS} rounds",
                    where=str(rule.file),
                    remedy="let it construct only terms that exist already",
                )
    return made
