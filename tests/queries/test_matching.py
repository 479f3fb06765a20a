"""What names in somebody's list mean: right ones first, and a match only where there is no doubt."""

import pytest

from ontology.errors import ParameterError
from queries.matching.candidates import Asked, Condition, Match, find_candidates
from queries.matching.facts import PROPERTIES, TYPES, Facts, type_of
from queries.release import Release
from tests.case_tables import case_id, read_cases

AGENCIES = read_cases("reconcile_agencies", 60)


def _found(release: Release, text: str, kind: str, name: str, value: str) -> tuple[Match, ...]:
    conditions = (Condition(name, (value,)),) if value else ()
    return find_candidates(release.store, Asked(text, (kind,) if kind else (), 8, conditions))


def _check(found: tuple[Match, ...], case: dict[str, str]) -> bool:
    """Return whether the expected things come first; assert that nothing is matched that is not meant."""
    expected = case["expected"].split()
    matched = [one.id for one in found if one.match]
    assert matched == (expected if case["match"] == "yes" else []), [(one.id, one.score, one.match) for one in found]
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(0 <= one.score <= 100 and one.type == type_of(one.iri) for one in found)
    first = sorted(one.id for one in found if one.score == found[0].score)
    return not expected or first == sorted(expected)


@pytest.mark.parametrize("case", AGENCIES, ids=case_id)
def test_agencies(five_documents: Release, case: dict[str, str]) -> None:
    found = _found(five_documents, case["text"], "agency", "jurisdiction", case["jurisdiction"])
    expected = " ".join(f"agency/{one}" for one in case["expected"].split())
    assert _check(found, {**case, "expected": expected})


@pytest.mark.parametrize("case", read_cases("reconcile_others", 30), ids=case_id)
def test_other_things(five_documents: Release, case: dict[str, str]) -> None:
    assert _check(_found(five_documents, case["text"], case["type"], case["property"], case["value"]), case)


def test_most_names_of_a_spreadsheet_are_settled_by_themselves() -> None:
    """The table is a spreadsheet as offices send it; more than eight names in ten need nobody's eyes."""
    assert sum(case["match"] == "yes" for case in AGENCIES) / len(AGENCIES) > 0.8


def test_required_conditions_leave_out(five_documents: Release) -> None:
    asked = Asked("Sở Tài chính", ("agency",), 8, (Condition("jurisdiction", ("Bình Thuận",), required=True),))
    assert [one.id for one in find_candidates(five_documents.store, asked)] == ["agency/tinh-binh-thuan/so-tai-chinh"]
    none = Asked("Sở Tài chính", ("agency",), 8, (Condition("jurisdiction", ("Bình Thuận",), quantifier="none"),))
    first = find_candidates(five_documents.store, none)[0]
    assert first.id == "agency/tinh-bac-kan/so-tai-chinh"


def test_a_line_without_a_name_is_found_by_its_conditions(five_documents: Release) -> None:
    conditions = (Condition("issuer", ("UBND tỉnh Lào Cai",)), Condition("date", ("2022-08-15",)))
    (one,) = find_candidates(five_documents.store, Asked("", ("document",), 8, conditions))
    assert one.id == "document/tinh-lao-cai/uy-ban-nhan-dan/2022/287-kh-ubnd"
    assert not one.match


def test_only_what_the_release_describes_is_found(five_documents: Release) -> None:
    facts = five_documents.store.once(Facts)
    for kind in TYPES:
        found = find_candidates(five_documents.store, Asked("tỉnh Bình Thuận", (kind,), 50))
        assert all(facts.knows(one.iri) and one.type == kind for one in found)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"types": ("ageny",)}, "there is no type 'ageny'.*agency"),
        ({"conditions": (Condition("levle", ("x",)),)}, "there is no property 'levle'.*level"),
    ],
    ids=["type", "property"],
)
def test_unknown_types_and_properties_are_refused(asked: dict[str, tuple[str, ...]], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        Asked("Bộ Y tế", **asked)  # type: ignore[arg-type]


def test_every_property_is_stated_of_something(five_documents: Release) -> None:
    facts = five_documents.store.once(Facts)
    for name, one in PROPERTIES.items():
        for kind in one.types:
            assert any(facts.of(iri, name) for iri in facts.things(kind)), f"{name} of {kind}"
