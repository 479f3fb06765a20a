"""Reading one duty statement: who has which role, how many duties it is, and laws about any statement."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.names.agency_index import AgencyIndex
from loaders.tasks.duties import read_duty
from loaders.tasks.duty_values import Agent, Duty, DutyGrammar, RoleGiven, actors_of, group_mentions, once
from loaders.tasks.role_phrases import load_role_phrases
from ontology.records import Role, Span
from ontology.table_reading import TABLES, read_table
from tests.case_tables import case_id, read_cases
from tests.loaders.conftest import ContextAt, FindAt
from tests.loaders.passages import passage_of

ROWS = read_cases("duties", 85)
BEFORE = 1000
"""Where in its document a statement begins; the owners of the heading above stand before it."""


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
        return read_duty(
            passage_of(row["text"], BEFORE), grammar, owners, subject_required=required, objects_only=objects
        )

    return read


@pytest.mark.parametrize("row", ROWS, ids=case_id)
def test_a_statement_gives_its_duties(row: dict[str, str], read_row: ReadRow) -> None:
    expected = [sorted(filter(None, part.split("|"))) for part in row["expected"].split(" // ")]
    duties = [duty for duty in read_row(row) if duty.given or duty.submit_to]
    assert [written(duty) for duty in duties] == (expected if row["expected"] else [])


ROLE_COLUMNS = ("phrase", "subject_role", "object_role", "objects", "note")
SOUP = [
    *(row["phrase"].replace("*", "chặt chẽ") for row in read_table(TABLES / "role_words.csv", ROLE_COLUMNS)),
    *(row["form"] for row in read_table(TABLES / "duty_verbs.csv", ("form", "note"))),
    *(
        "Sở Y tế",
        "Sở Tài chính",
        "UBND tỉnh",
        "các đơn vị liên quan",
        "các Sở: Tài chính, Nội vụ",
        "Bộ Y tế",
        "Hội Nông dân tỉnh",
    ),
    *(
        ";",
        ",",
        ".",
        ":",
        "(",
        ")",
        "và",
        "giao",
        "đề nghị",
        "phân công thực hiện:",
        "cơ quan",
        "được giao",
        "do",
        "dự án",
    ),
]


@pytest.mark.parametrize("mode", ["", "subject_required", "objects_only"])
@settings(max_examples=80)
@given(
    words=st.lists(st.sampled_from(SOUP), max_size=14), owner=st.sampled_from(["", "implement:Sở Y tế", "lead:Sở Y tế"])
)
def test_any_soup_of_words_is_read_and_quoted(words: list[str], owner: str, mode: str, read_row: ReadRow) -> None:
    text = " ".join(words)
    row = {"text": text, "owners": owner, "mode": mode, "place": "tinh-binh-thuan", "issuer": ""}
    duties = read_row(row)
    assert duties == read_row(row)
    for duty in duties:
        assert 0 <= duty.start <= duty.end <= len(text)
        agents = [item.agent for item in duty.given] + ([duty.submit_to] if duty.submit_to else [])
        for agent in agents:
            if agent.span.start >= BEFORE:
                assert text[agent.span.start - BEFORE : agent.span.end - BEFORE] == agent.mention.printed
            else:
                assert owner.endswith(agent.mention.printed)
        given_once = [(item.agent.mention.iri, item.role) for item in duty.given]
        assert len(set(given_once)) == len(given_once)
    assert all(one.start <= other.start for one, other in pairwise(duties))


def test_mentions_with_nothing_between_are_one_list(find_at: FindAt) -> None:
    def lists(text: str, *, semicolons: bool = False) -> list[int]:
        found = find_at(text, "tinh-binh-thuan", "")
        return [len(one.mentions) for one in group_mentions(text, found, semicolons=semicolons)]

    assert lists("Sở Y tế, Sở Nội vụ và Sở Tài chính") == [3]
    assert lists("Sở Y tế; Sở Nội vụ") == [1, 1]
    assert lists("Sở Y tế; Sở Nội vụ", semicolons=True) == [2]
    assert lists("Sở Y tế; và Sở Nội vụ") == [2]
    assert lists("Sở Y tế chủ trì, Sở Nội vụ phối hợp") == [1, 1]


def test_who_only_coordinates_in_a_heading_does_not_act(find_at: FindAt) -> None:
    both = owners_of("lead:Sở Y tế|coordinate:Sở Nội vụ", find_at, "tinh-binh-thuan", "")
    assert [agent.mention.printed for agent in actors_of(both)] == ["Sở Y tế"]
    assert [agent.mention.printed for agent in actors_of(both[1:])] == ["Sở Nội vụ"]


def test_a_role_counts_once_and_the_first_mention_is_its_quote(find_at: FindAt) -> None:
    text = "Sở Y tế, SYT, Sở Y tế"
    first, *_others, last = find_at(text, "tinh-binh-thuan", "")
    given = [RoleGiven(Agent(m, Span(m.start, m.end)), Role.LEAD, "test") for m in (first, last)]
    assert once(given) == (given[0],)
    assert len(once([given[0], RoleGiven(given[1].agent, Role.ADVISE, "test")])) == 2
