"""The registry knows the agencies of the two government terms, and makes local ones from patterns."""

from collections import Counter, defaultdict

import pytest

from ontology.folding import accent_key
from ontology.namespaces import slug
from ontology.registry import ChangeKind, Level, NameForm, Registry, RegistryShelf, Target, holds_on, load_registry
from tests.case_tables import CASES, read_rows

SHELF = RegistryShelf()
NAMES = read_rows(CASES / "registry_names.csv")
LABOUR = "bo-lao-dong-thuong-binh-va-xa-hoi"
BAO_YEN = "tinh-lao-cai/huyen-bao-yen"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return SHELF.load()


@pytest.fixture(scope="module")
def forms(registry: Registry) -> dict[str, set[tuple[str, str]]]:
    found = defaultdict(set)
    for form in registry.name_forms():
        found[accent_key(form.text)].add((form.kind, form.id))
    return found


def test_a_shelf_reads_a_folder_once() -> None:
    assert SHELF.load() is SHELF.load()
    assert load_registry() == SHELF.load()


def test_there_are_enough_names() -> None:
    assert len(NAMES) >= 100


@pytest.mark.parametrize("case", NAMES, ids=[case["text"] for case in NAMES])
def test_names_as_documents_write_them(case: dict[str, str], forms: dict[str, set[tuple[str, str]]]) -> None:
    assert (case["kind"], case["id"]) in forms[accent_key(case["text"])]


def test_the_governments_are_complete(registry: Registry) -> None:
    def named(kind: str, day: str) -> int:
        return sum(agency.kind == kind and holds_on(agency, day) for agency in registry.agencies.values())

    assert (named("ministry", "2016-09-02"), named("ministry-level", "2016-09-02")) == (18, 4)
    assert (named("ministry", "2022-01-18"), named("ministry-level", "2022-01-18")) == (18, 4)
    assert (named("ministry", "2025-03-01"), named("ministry-level", "2025-03-01")) == (14, 3)


def test_the_provinces_and_districts_are_complete(registry: Registry) -> None:
    def count(level: Level, day: str) -> int:
        return len(registry.places_within("viet-nam", level, day))

    assert count(Level.PROVINCE, "2017-03-09") == 63
    assert count(Level.PROVINCE, "2025-01-15") == 63
    assert count(Level.PROVINCE, "2025-07-01") == 34
    assert count(Level.DISTRICT, "2023-06-30") == 705
    assert count(Level.DISTRICT, "2025-07-01") == 0
    merged = [place for place in registry.jurisdictions.values() if place.valid_from == "2025-07-01"]
    assert len(merged) == 23
    assert sum(len(place.predecessors) for place in merged) == 52
    assert {event.id.removeprefix("2025-07-01-") + "-2025" for event in registry.change_events.values()} >= {
        place.id for place in merged
    }


@pytest.mark.parametrize(
    ("body", "place", "id", "name", "parent"),
    [
        ("so-tai-chinh", "tinh-binh-thuan", "so-tai-chinh", "Sở Tài chính tỉnh Bình Thuận", "uy-ban-nhan-dan"),
        ("tinh-uy", "thanh-pho-ha-noi", "thanh-uy", "Thành ủy Hà Nội", "ban-chap-hanh-trung-uong-dang"),
        ("ban-tuyen-giao-tinh-uy", "tinh-lao-cai", "ban-tuyen-giao", "Ban Tuyên giáo Tỉnh ủy Lào Cai", "tinh-uy"),
        ("thanh-tra-tinh", "tinh-bac-kan", "thanh-tra", "Thanh tra tỉnh Bắc Kạn", "uy-ban-nhan-dan"),
        ("phong-noi-vu", BAO_YEN, "phong-noi-vu", "Phòng Nội vụ huyện Bảo Yên", "uy-ban-nhan-dan"),
        ("uy-ban-nhan-dan-huyen", BAO_YEN, "uy-ban-nhan-dan", "Ủy ban nhân dân huyện Bảo Yên", "tinh-lao-cai/"),
        ("huyen-uy", "tinh-lao-cai/thi-xa-sa-pa", "thi-uy", "Thị ủy Sa Pa", "tinh-lao-cai/tinh-uy"),
        ("uy-ban-nhan-dan-tinh", "tinh-bac-kan", "uy-ban-nhan-dan", "Ủy ban nhân dân tỉnh Bắc Kạn", "chinh-phu"),
    ],
)
def test_local_agencies_are_made(registry: Registry, body: str, place: str, id: str, name: str, parent: str) -> None:
    agency = registry.local_agency(body, place)
    assert (agency.id, agency.name, agency.jurisdiction, agency.pattern) == (f"{place}/{id}", name, place, body)
    wanted = {f"{place}/{parent}", parent, f"{parent}uy-ban-nhan-dan"}
    assert agency.parent in wanted
    assert registry.agency(agency.id) == agency
    assert registry.agency(agency.parent or "").id == agency.parent


def test_every_local_agency_has_its_own_id_and_an_existing_parent(registry: Registry) -> None:
    for place in ("tinh-binh-thuan", "thanh-pho-ho-chi-minh", BAO_YEN, "thanh-pho-ha-noi/quan-ba-dinh"):
        where = registry.jurisdictions[place]
        bodies = [
            body
            for body in registry.bodies.values()
            if body.level is where.level and (not body.place_kinds or where.kind in body.place_kinds)
        ]
        agencies = [registry.local_agency(body.id, place) for body in bodies]
        assert max(Counter(agency.id for agency in agencies).values()) == 1
        for agency in agencies:
            assert "{" not in agency.name + agency.id
            assert agency.id.rpartition("/")[2] == slug(agency.id.rpartition("/")[2])
            assert registry.agency(agency.id) == agency
            assert agency.parent is None or registry.agency(agency.parent)


def test_a_place_that_is_not_listed_is_made(registry: Registry) -> None:
    commune = registry.place("xã", "Kim Sơn", BAO_YEN)
    assert (commune.id, commune.level) == (f"{BAO_YEN}/xa-kim-son", Level.COMMUNE)
    agency = registry.local_agency("uy-ban-nhan-dan-xa", commune)
    assert (agency.name, agency.parent) == ("Ủy ban nhân dân xã Kim Sơn", f"{BAO_YEN}/uy-ban-nhan-dan")
    assert registry.place("huyện", "Bảo Yên", "tinh-lao-cai") is registry.jurisdictions[BAO_YEN]
    with pytest.raises(KeyError, match="no kind of place"):
        registry.place("châu", "Bảo Yên", "tinh-lao-cai")


def test_a_body_of_another_level_is_refused(registry: Registry) -> None:
    with pytest.raises(KeyError, match="level province"):
        registry.local_agency("so-tai-chinh", BAO_YEN)
    for unknown in ("so-tai-chinh", "tinh-x/so-tai-chinh", "tinh-lao-cai/so-x", "", f"{LABOUR}/vu-x", "a/b/c"):
        with pytest.raises(KeyError, match="no agency"):
            registry.agency(unknown)


def test_units_belong_to_a_ministry(registry: Registry) -> None:
    legal = registry.unit_agency("vu-phap-che", LABOUR)
    assert (legal.id, legal.name, legal.parent) == (f"{LABOUR}/vu-phap-che", "Vụ Pháp chế", LABOUR)
    assert registry.agency(legal.id) == legal
    office = registry.agency(f"{LABOUR}/van-phong-bo")
    assert office.name == "Văn phòng Bộ Lao động - Thương binh và Xã hội"
    assert registry.agency("uy-ban-dan-toc/van-phong-bo").name == "Văn phòng Ủy ban Dân tộc"


def test_groups_have_members_by_kind_level_and_place(registry: Registry) -> None:
    provinces = "uy-ban-nhan-dan-tinh/cac-tinh-thanh-pho"
    assert len(registry.group_members(provinces, "viet-nam", day="2021-12-22")) == 63
    assert len(registry.group_members(provinces, BAO_YEN, day="2025-08")) == 34
    districts = registry.group_members("uy-ban-nhan-dan-huyen/cac-huyen-thi-xa-thanh-pho", "tinh-binh-thuan")
    assert len(districts) == 10
    assert "tinh-binh-thuan/thi-xa-la-gi/uy-ban-nhan-dan" in districts
    ministries = registry.group_members("cac-bo-nganh", "viet-nam", day="2021-12-22")
    assert {"bo-tai-chinh", "uy-ban-dan-toc", LABOUR} <= set(ministries)
    assert "bo-nong-nghiep-va-moi-truong" not in ministries
    departments = registry.group_members("cac-so-ban-nganh", "tinh-binh-thuan", day="2021-11-24")
    assert "tinh-binh-thuan/so-tai-chinh" in departments
    assert "tinh-binh-thuan/so-nong-nghiep-va-moi-truong" not in departments
    assert len(departments) < 40


def test_a_body_that_not_every_place_has_is_a_member_only_where_known(registry: Registry) -> None:
    board = "tinh-binh-thuan/ban-dan-toc"
    assert board not in registry.group_members("cac-so-ban-nganh", "tinh-binh-thuan")
    assert registry.group_members("cac-so-ban-nganh", "tinh-binh-thuan", known={board}) == (board,)


def test_localities_are_one_level_below_the_document(registry: Registry) -> None:
    assert len(registry.group_members("cac-dia-phuong", "viet-nam", day="2021")) == 63
    assert len(registry.group_members("cac-dia-phuong", "tinh-lao-cai", day="2022")) == 9


def test_units_of_the_issuer_are_its_group(registry: Registry) -> None:
    members = registry.group_members("cac-don-vi-thuoc-bo", "viet-nam", issuer=LABOUR, day="2017-03-09")
    assert f"{LABOUR}/cuc-bao-tro-xa-hoi" in members
    assert f"{LABOUR}/cuc-giao-duc-nghe-nghiep" not in members  # since 2022
    known = {f"{LABOUR}/vu-phap-che", "bo-y-te/vu-phap-che", "tinh-lao-cai/so-y-te"}
    assert registry.group_members("cac-don-vi-thuoc-bo", "viet-nam", issuer=LABOUR, known=known) == (
        f"{LABOUR}/vu-phap-che",
    )
    assert registry.group_members("cac-don-vi-thuoc-bo", "viet-nam") == ()


def test_groups_that_name_nobody_have_no_members(registry: Registry) -> None:
    vague = [group for group in registry.groups.values() if not group.spelled_out]
    assert len(vague) >= 8
    for group in vague:
        assert registry.group_members(group.id, "tinh-lao-cai") == ()
    for group in registry.groups.values():
        if "liên quan" in group.name:
            assert not group.spelled_out


def test_a_group_keeps_its_own_wording(registry: Registry) -> None:
    full = {form.text: form.full for form in registry.name_forms() if form.kind == "group"}
    assert full["UBND các huyện, thành phố"] == "Ủy ban nhân dân các huyện, thành phố"
    assert full["UBND các xã, thị trấn"] == "Ủy ban nhân dân các xã, thị trấn"
    assert full["Các đơn vị liên quan"] == "Các đơn vị có liên quan"
    made = registry.group("so-lao-dong-thuong-binh-va-xa-hoi/cac-tinh-thanh-pho")
    assert made.name == "Sở Lao động - Thương binh và Xã hội các tỉnh, thành phố"
    with pytest.raises(KeyError, match="makes no group"):
        registry.body_group("cac-tinh-thanh-pho", "phong-noi-vu")


@pytest.mark.parametrize(
    ("symbol", "first"),
    [
        ("LĐTBXH", Target("agency", LABOUR)),
        ("BLĐTBXH", Target("agency", LABOUR)),
        ("TTg", Target("agency", "thu-tuong-chinh-phu")),
        ("TTG", Target("agency", "thu-tuong-chinh-phu")),
        ("CP", Target("agency", "chinh-phu")),
        ("QH14", Target("agency", "quoc-hoi")),
        ("UBTVQH14", Target("agency", "uy-ban-thuong-vu-quoc-hoi")),
        ("UBND", Target("body", "uy-ban-nhan-dan-tinh")),
        ("HĐND", Target("body", "hoi-dong-nhan-dan-tinh")),
        ("TU", Target("body", "tinh-uy")),
        ("SLĐTBXH", Target("body", "so-lao-dong-thuong-binh-va-xa-hoi")),
        ("VPQGGN", Target("agency", f"{LABOUR}/van-phong-quoc-gia-ve-giam-ngheo")),
    ],
)
def test_symbols_name_their_issuers(registry: Registry, symbol: str, first: Target) -> None:
    assert registry.issuer_of_symbol(symbol)[0] == first


def test_ambiguous_and_unknown_symbols(registry: Registry) -> None:
    assert {target.id for target in registry.issuer_of_symbol("TW")} == {
        "ban-chap-hanh-trung-uong-dang",
        "bo-chinh-tri",
        "ban-bi-thu",
    }
    assert {target.id for target in registry.issuer_of_symbol("UBND")} == {
        f"uy-ban-nhan-dan-{level}" for level in ("tinh", "huyen", "xa")
    }
    assert registry.issuer_of_symbol("XYZ") == ()
    assert [type.name for type in registry.types_of_symbol("NĐ")] == ["Nghị định"]
    assert {type.party for type in registry.types_of_symbol("CT")} == {False, True}


def test_name_forms_are_in_one_order_and_complete(registry: Registry) -> None:
    forms = registry.name_forms()
    assert list(forms) == sorted(forms)
    assert len(set(forms)) == len(forms)
    assert forms == load_registry().name_forms()
    by_kind = Counter(form.kind for form in forms)
    assert set(by_kind) == {"agency", "body", "unit", "group", "title"}
    ids = {(form.kind, form.id) for form in forms}
    for kind, table in (("agency", registry.agencies), ("body", registry.bodies), ("unit", registry.units)):
        assert {(kind, id) for id in table} <= ids
    assert all(registry.group(form.id).id == form.id for form in forms if form.kind == "group")
    assert not any("{" in form.text + form.full for form in forms if form.kind == "group")


def test_no_spelling_names_two_agencies_at_one_time(registry: Registry) -> None:
    taken: dict[str, set[str]] = defaultdict(set)
    for form in registry.name_forms():
        if form.kind == "agency":
            taken[accent_key(form.text)].add(form.id)
    for spelling, ids in taken.items():
        for day in ("2016-09-02", "2022-01-18", "2025-03-01"):
            standing = [id for id in ids if holds_on(registry.agencies[id], day)]
            assert len(standing) <= 1, (spelling, standing)


def test_names_are_expanded(registry: Registry) -> None:
    assert registry.expand("Sở LĐTBXH, Phòng NN&PTNT") == (
        "Sở Lao động - Thương binh và Xã hội, Phòng Nông nghiệp và Phát triển nông thôn"
    )
    assert registry.expand("UBND tỉnh; Ủy ban MTTQVN") == "Ủy ban nhân dân tỉnh; Ủy ban Mặt trận Tổ quốc Việt Nam"
    assert registry.expand("BNN&PTNTX") == "BNN&PTNTX"


def test_a_contracted_name_expands_to_the_full_one(registry: Registry) -> None:
    checked = 0
    for agency in registry.agencies.values():
        for spelling in registry.speller.spellings(agency.name):
            assert accent_key(registry.expand(spelling)) == accent_key(agency.name), spelling
            checked += 1
    assert checked > 400


def test_places_are_written_with_and_without_kind(registry: Registry) -> None:
    forms = registry.place_forms()
    assert list(forms) == sorted(set(forms))
    found: dict[str, set[str]] = defaultdict(set)
    for form in forms:
        found[form.text].add(form.id)
    assert found["Lào Cai"] == {"tinh-lao-cai", "tinh-lao-cai-2025"}
    assert found["huyện Bảo Yên"] == {BAO_YEN}
    assert found["TP Hồ Chí Minh"] >= {"thanh-pho-ho-chi-minh"}
    assert "Thống Nhất" not in found  # also two common words


def test_of_one_name_the_one_that_stood_is_chosen(registry: Registry) -> None:
    places = ["tinh-lao-cai", "tinh-lao-cai-2025"]
    assert registry.standing(places, "2022-08") == ("tinh-lao-cai",)
    assert registry.standing(places, "2025-07-01") == ("tinh-lao-cai-2025",)
    assert registry.standing(places, None) == tuple(places)
    offices = [f"{LABOUR}/cuc-viec-lam", "bo-noi-vu/cuc-viec-lam"]
    assert registry.standing(offices, "2025-04") == ("bo-noi-vu/cuc-viec-lam",)
    assert registry.standing(["bo-noi-vu/cuc-viec-lam"], "2017") == ("bo-noi-vu/cuc-viec-lam",)


def test_the_programmes_have_their_phases_and_components(registry: Registry) -> None:
    phases = {phase.id: phase.instrument for phase in registry.phases.values()}
    assert phases["giam-ngheo-ben-vung/2016-2020"] == "1722/QĐ-TTg"
    assert phases["giam-ngheo-ben-vung/2021-2025"] == "90/QĐ-TTg"
    assert phases["nong-thon-moi/2021-2025"] == "263/QĐ-TTg"

    def codes(phase: str) -> set[str]:
        return {one.code for one in registry.components.values() if f"{one.programme}/{one.period}" == phase}

    assert {f"DA{n}" for n in range(1, 6)} | {f"DA1.TDA{n}" for n in range(1, 5)} <= codes(
        "giam-ngheo-ben-vung/2016-2020"
    )
    assert {f"DA{n}" for n in range(1, 8)} | {"DA4.TDA3", "DA7.TDA2"} <= codes("giam-ngheo-ben-vung/2021-2025")
    assert "DA8" not in codes("giam-ngheo-ben-vung/2021-2025")
    assert {f"DA{n}" for n in range(1, 11)} <= codes("phat-trien-vung-dan-toc-thieu-so-va-mien-nui/2021-2025")


def test_agency_succession_is_not_mandate_succession(registry: Registry) -> None:
    merger = registry.change_events["2025-03-01-noi-vu"]
    assert (merger.kind, merger.results) == (ChangeKind.MERGED, ("bo-noi-vu",))
    assert LABOUR in merger.origins
    transfer = registry.mandate_transfers["giam-ngheo-2025"]
    assert (transfer.origin, transfer.result) == (LABOUR, "bo-nong-nghiep-va-moi-truong")
    assert {merger.basis, transfer.basis} == {"general-knowledge"}


def test_lines_of_work_lead_from_ministry_to_division(registry: Registry) -> None:
    line = "tai-chinh"
    assert line in registry.agencies["bo-tai-chinh"].lines_of_work
    assert line in registry.bodies["so-tai-chinh"].lines_of_work
    assert line in registry.bodies["phong-tai-chinh-ke-hoach"].lines_of_work
    used = {one for table in (registry.agencies, registry.bodies, registry.units) for x in table.values() for one in x.lines_of_work}  # fmt: skip
    assert set(registry.lines_of_work) - used == set()


def test_everything_has_a_name_in_both_languages(registry: Registry) -> None:
    for table in (registry.agencies, registry.bodies, registry.units, registry.groups, registry.titles):
        for one in table.values():
            assert one.name
            assert one.name_en
            assert one.name != one.name_en


def test_a_name_form_is_a_plain_tuple() -> None:
    assert NameForm("Sở TC", "body", "so-tai-chinh", "Sở Tài chính")[:3] == ("Sở TC", "body", "so-tai-chinh")


def test_every_agency_says_on_what_its_row_stands(registry: Registry) -> None:
    """A decree, or openly *general-knowledge*: nobody has to guess which."""
    sources = {one.id: one.source for one in registry.agencies.values()} | {
        one.id: one.source for one in registry.bodies.values()
    }
    assert [id for id, source in sources.items() if not source] == []
    assert list(sources.values()).count("general-knowledge") < len(sources) / 2
