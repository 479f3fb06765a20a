"""Reading one duty statement: who has which role, how many duties it is, and laws about any statement."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.agency_index import AgencyIndex
from loaders.duties import read_duty
from loaders.duty_values import Agent, Duty, DutyGrammar, RoleGiven, actors_of, group_mentions, once
from loaders.passage import Passage, Piece
from loaders.role_phrases import find_role_events, load_role_phrases
from ontology.records import Role, Span
from ontology.table_reading import TABLES, read_table
from tests.case_tables import case_id, read_cases
from tests.loaders.conftest import ContextAt, FindAt

ROWS = read_cases("duties", 85)
BEFORE = 1000
"""Where in its document a statement begins; the owners of the heading above stand before it."""


def passage_of(text: str) -> Passage:
    return Passage(text, (Piece(0, len(text), BEFORE, len(text)),) if text else ())


def owners_of(written: str, find_at: FindAt, place: str, issuer: str) -> tuple[RoleGiven, ...]:
    """Return the owners that a row names: ``role:name|role:name``."""
    owners = []
    for one in filter(None, written.split("|")):
        role, _, name = one.partition(":")
        (mention,) = find_at(name, place, issuer)
        owners.append(RoleGiven(Agent(mention, Span(mention.start, mention.end)), Role(role), "heading"))
    return tuple(owners)


def written(duty: Duty) -> list[str]:
    """Return what a duty gives as the table writes it."""
    given = [f"{item.role}:{item.agent.mention.printed}" for item in duty.given]
    return sorted([*given, f"submit:{duty.submit_to.mention.printed}"] if duty.submit_to else given)


ReadRow = Callable[[dict[str, str]], tuple[Duty, ...]]


@pytest.fixture(scope="session")
def read_row(agency_index: AgencyIndex, context_at: ContextAt, find_at: FindAt) -> ReadRow:
    phrases = load_role_phrases()

    def read(row: dict[str, str]) -> tuple[Duty, ...]:
        place, issuer = row["place"], row["issuer"]
        grammar = DutyGrammar(agency_index, context_at(place, issuer), phrases)
        owners = owners_of(row["owners"], find_at, place, issuer)
        required, objects = row["mode"] == "subject_required", row["mode"] == "objects_only"
        return read_duty(passage_of(row["text"]), grammar, owners, subject_required=required, objects_only=objects)

    return read


@pytest.mark.parametrize("row", ROWS, ids=case_id)
def test_a_statement_gives_its_duties(row: dict[str, str], read_row: ReadRow) -> None:
    expected = [sorted(filter(None, part.split("|"))) for part in row["expected"].split(" // ")]
    duties = [duty for duty in read_row(row) if duty.given or duty.submit_to]
    assert [written(duty) for duty in duties] == (expected if row["expected"] else [])
