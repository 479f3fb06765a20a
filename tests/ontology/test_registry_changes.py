"""A row about every Sở is an event in each place the corpus speaks of, and in no other."""

from ontology.entities import ChangeKind
from ontology.registry import Registry, load_registry
from ontology.registry_changes import changes_of, is_of_places, transfers_of

REGISTRY: Registry = load_registry()
SO = "tinh-binh-thuan/so-lao-dong-thuong-binh-va-xa-hoi"
PHONG = "tinh-lao-cai/huyen-bao-yen/phong-lao-dong-thuong-binh-va-xa-hoi"
UBND = "tinh-lao-cai/huyen-bao-yen/uy-ban-nhan-dan"


def local(agencies: set[str]) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {event.id: (event.origins, event.results) for event in changes_of(REGISTRY, agencies) if "/" in event.id}


def test_a_merger_of_departments_is_one_event_in_the_province() -> None:
    assert local({SO}) == {
        "2025-03-01-so-noi-vu/tinh-binh-thuan": (("tinh-binh-thuan/so-noi-vu", SO), ("tinh-binh-thuan/so-noi-vu",))
    }


def test_no_place_that_nobody_named_gets_an_event() -> None:
    assert local(set()) == {}
    assert {one.id for one in transfers_of(REGISTRY, ())} <= set(REGISTRY.mandate_transfers)


def test_the_district_level_ends_for_those_that_still_stood() -> None:
    """The division had been merged four months before; only the committee was there to be closed."""
    events = local({PHONG, UBND})
    assert events["2025-07-01-cap-huyen/tinh-lao-cai/huyen-bao-yen"] == ((UBND,), ())
    assert PHONG in events["2025-03-01-phong-noi-vu/tinh-lao-cai/huyen-bao-yen"][0]


def test_poverty_reduction_did_not_follow_the_department() -> None:
    went = {one.mandate_en: one.result for one in transfers_of(REGISTRY, {SO}) if one.origin == SO}
    assert went["State management of poverty reduction"] == "tinh-binh-thuan/so-nong-nghiep-va-moi-truong"
    assert len(set(went.values())) >= 3


def test_a_new_province_does_not_inherit_the_old_ones_events() -> None:
    assert local({"tinh-lam-dong-2025/so-noi-vu"}) == {}


def test_events_of_places_are_not_events_of_agencies() -> None:
    ids = {event.id for event in changes_of(REGISTRY, set())}
    places = {event.id for event in REGISTRY.change_events.values() if is_of_places(REGISTRY, event)}
    assert places
    assert not ids & places
    assert {event.kind for event in REGISTRY.change_events.values()} >= {ChangeKind.MERGED, ChangeKind.DISSOLVED}
