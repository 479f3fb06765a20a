"""The reconciliation service as OpenRefine and other clients use it: version 0.2, and the batches of draft 1.0."""

import json
import re
from typing import Any
from urllib.parse import quote

import pytest

from queries.matching.facts import PROPERTIES, TYPES
from server.reconciling.protocol import MOST_BYTES, MOST_QUERIES
from tests.server.conftest import Client, parse_page

FORM = "application/x-www-form-urlencoded"


def post(client: Client, **fields: Any) -> Any:
    """Send a form with JSON in its fields, as OpenRefine does, and return the JSON of a good answer."""
    data = {name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()}
    answer = client.ask("POST", "/reconcile", data=data)
    assert answer.status_code == 200, answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    return answer.json()


# The service's own description -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_manifest_is_as_version_0_2_has_it(client: Client, language: str) -> None:
    answer = client.get(f"/reconcile?lang={language}", accept="application/json")
    manifest = answer.json()
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "0.2" in manifest["versions"]
    for name in ("name", "identifierSpace", "schemaSpace", "documentation", "serviceVersion"):
        assert isinstance(manifest[name], str)
        assert manifest[name]
    assert [one["id"] for one in manifest["defaultTypes"]] == list(TYPES)
    assert all(one["name"] for one in manifest["defaultTypes"])
    for name in ("view", "preview"):
        assert re.fullmatch(r"http://daumoi\.test/.*\{\{id\}\}.*", manifest[name]["url"])
    assert isinstance(manifest["preview"]["width"], int)
    assert isinstance(manifest["preview"]["height"], int)
    for what in ("entity", "type", "property"):
        service = manifest["suggest"][what]
        assert client.get(service["service_path"]).status_code == 200
        assert service["service_url"] == "http://daumoi.test"
    assert client.get(manifest["extend"]["propose_properties"]["service_path"]).status_code == 200


def test_a_preflight_is_answered(client: Client) -> None:
    answer = client.ask("OPTIONS", "/reconcile", headers={"Origin": "http://refine.test"})
    assert answer.status_code == 204
    assert "POST" in answer.headers["access-control-allow-methods"]


# Queries -----------------------------------------------------------------------------------------------------------------


def _check_candidates(result: list[dict[str, Any]]) -> None:
    """Check candidates against what version 0.2 asks of them."""
    assert [one["score"] for one in result] == sorted((one["score"] for one in result), reverse=True)
    for one in result:
        assert isinstance(one["id"], str)
        assert isinstance(one["name"], str)
        assert isinstance(one["match"], bool)
        assert 0 <= one["score"] <= 100
        assert all(set(kind) == {"id", "name"} for kind in one["type"])
        assert len({feature["id"] for feature in one["features"]}) == len(one["features"])
        assert all(isinstance(feature["value"], (bool, int, float)) for feature in one["features"])
    assert sum(one["match"] for one in result) <= 1


BATCH = {
    "q0": {"query": "Sở LĐTBXH tỉnh Bình Thuận", "type": "agency", "limit": 3},
    "q1": {"query": "Sở Tài chính", "type": ["agency"], "type_strict": "any"},
    "q2": {"query": "Sở Tài chính", "type": "agency", "properties": [{"pid": "jurisdiction", "v": "Bình Thuận"}]},
    "q3": {
        "query": "Sở Tài chính",
        "properties": [{"pid": "jurisdiction", "v": {"id": "place/tinh-bac-kan", "name": "x"}}],
    },
    "q4": {"query": "90/qd-ttg"},
    "q5": {"query": "không có gì như thế này cả"},
}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_batch_of_version_0_2(client: Client, method: str) -> None:
    if method == "POST":
        answer = post(client, queries=BATCH)
    else:
        answer = client.get(f"/reconcile?queries={quote(json.dumps(BATCH))}").json()
    assert list(answer) == list(BATCH)
    for one in answer.values():
        _check_candidates(one["result"])
    matches = {key: [one["id"] for one in answer[key]["result"] if one["match"]] for key in BATCH}
    assert matches == {
        "q0": ["agency/tinh-binh-thuan/so-lao-dong-thuong-binh-va-xa-hoi"],
        "q1": [],
        "q2": ["agency/tinh-binh-thuan/so-tai-chinh"],
        "q3": ["agency/tinh-bac-kan/so-tai-chinh"],
        "q4": ["document/thu-tuong-chinh-phu/2022/90-qd-ttg"],
        "q5": [],
    }
    assert len(answer["q1"]["result"]) >= 2


def test_a_batch_of_draft_1_0(client: Client) -> None:
    conditions = [
        {"matchType": "name", "propertyValue": "Sở Tài chính"},
        {"matchType": "property", "propertyId": "jurisdiction", "propertyValue": ["Bình Thuận"], "required": True,
         "matchQuantifier": "any"},
    ]  # fmt: skip
    older = [{"matchType": "name", "v": "Bộ Y tế"}, {"matchType": "property", "pid": "level", "v": "national"}]
    body = {"queries": [{"type": "agency", "limit": 5, "conditions": conditions}, {"conditions": older}]}
    for address in ("/reconcile", "/reconcile/match"):
        answer = client.ask("POST", address, json=body)
        assert answer.status_code == 200
        first, second = (result["candidates"] for result in answer.json()["results"])
        assert [(one["id"], one["match"]) for one in first] == [("agency/tinh-binh-thuan/so-tai-chinh", True)]
        assert first[0]["name"] == [{"str": "Sở Tài chính tỉnh Bình Thuận", "lang": "vi"}]
        assert (second[0]["id"], second[0]["match"]) == ("agency/bo-y-te", True)


def test_one_query_alone(client: Client) -> None:
    for text in ("Bộ Y tế", json.dumps({"query": "Bộ Y tế", "limit": 1})):
        assert post(client, query=text)["result"][0]["id"] == "agency/bo-y-te"


def test_the_largest_batch_is_answered(client: Client) -> None:
    batch = {f"q{i}": {"query": f"Sở Tài chính {i % 7}", "type": "agency"} for i in range(MOST_QUERIES)}
    assert len(post(client, queries=batch)) == MOST_QUERIES


@pytest.mark.parametrize(
    ("queries", "where", "said"),
    [
        ("{", "queries", "no JSON"),
        ("[" * 100_000, "queries", "no JSON"),
        ("[]", "queries", "no object"),
        ({"a": 7}, "a", "no object"),
        ({"a": {}}, "a", "neither a name nor a property"),
        ({"a": {"query": ["x", "y"]}}, "a", "no text"),
        ({"a": {"query": "x", "limit": 0}}, "a", "number of candidates"),
        ({"a": {"query": "x", "limit": "many"}}, "a", "number of candidates"),
        ({"a": {"query": "x" * 3000}}, "a", "characters"),
        ({"a": {"query": "x", "type": "person"}}, "a", "no type 'person'"),
        ({"a": {"query": "x", "properties": [{"v": "y"}]}}, "a", "no pid"),
        ({"a": {"query": "x", "properties": [{"pid": "levell", "v": "y"}]}}, "a", "no property 'levell'"),
        ({"a": {"query": "x", "properties": [{"pid": "level", "v": None}]}}, "a", "no text"),
        ({"a": {"query": "x", "properties": [{"pid": "level", "v": "y"}] * 30}}, "a", "30"),
        ({str(i): {"query": "x"} for i in range(MOST_QUERIES + 1)}, "queries", "more than 1,000"),
    ],
    ids=range(15),
)
def test_what_cannot_be_answered_is_refused_with_words(client: Client, queries: Any, where: str, said: str) -> None:
    data = {"queries": queries if isinstance(queries, str) else json.dumps(queries)}
    answer = client.ask("POST", "/reconcile", data=data)
    assert answer.status_code == 400
    assert answer.headers["access-control-allow-origin"] == "*"
    error = answer.json()["error"]
    assert error["where"] == where
    assert said in error["what"]
    assert error["remedy"]
    assert error["vi"]


@pytest.mark.parametrize(
    ("status", "given"),
    [
        (413, {"content": b"queries=" + b"x" * MOST_BYTES, "headers": {"Content-Type": FORM}}),
        (400, {"content": b"queries=%FF%FE", "headers": {"Content-Type": FORM}}),
        (400, {"content": b"a=1&" * 50, "headers": {"Content-Type": FORM}}),
        (400, {"content": b"\xff", "headers": {"Content-Type": "application/json"}}),
        (400, {"json": []}),
        (400, {"json": {"queries": [{"conditions": [{"matchType": "guess"}]}]}}),
        (400, {"json": {"queries": [{"conditions": [{"matchType": "property", "propertyId": "level", "propertyValue": "x",
                                                     "matchQuantifier": "some"}]}]}}),
        (400, {"json": {"ids": ["x"], "properties": [{"id": "colour"}]}}),
        (400, {"data": {"extend": "{}"}}),
        (400, {"data": {}}),
    ],
    ids=range(10),
)  # fmt: skip
def test_bodies_that_cannot_be_read(client: Client, status: int, given: dict[str, Any]) -> None:
    answer = client.ask("POST", "/reconcile", **given)
    assert answer.status_code == status
    assert answer.json()["error"]["what"]


# Suggestions, data, previews -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("entity?prefix=so tai chinh", "agency/tinh-bac-kan/so-tai-chinh"),
        ("entity?prefix=1722&type=document", "document/thu-tuong-chinh-phu/2016/1722-qd-ttg"),
        ("entity?prefix=giảm nghèo bền&type=programme", "programme/giam-ngheo-ben-vung"),
        ("type?prefix=co quan", "agency"),
        ("type?prefix=doc", "document"),
        ("property?prefix=địa", "jurisdiction"),
        ("property?prefix=", "period"),
    ],
)
def test_suggestions(client: Client, address: str, expected: str) -> None:
    found = client.get(f"/reconcile/suggest/{address}").json()["result"]
    assert expected in [one["id"] for one in found]
    assert all(one["name"] for one in found)


def test_further_suggestions(client: Client) -> None:
    first, second = (
        [one["id"] for one in client.get(f"/reconcile/suggest/entity?prefix=huyen&cursor={n}").json()["result"]]
        for n in (0, 12)
    )
    assert len(first) == len(second) == 12
    assert not set(first) & set(second)
    assert client.get("/reconcile/suggest/entity?prefix=a&cursor=x").status_code == 400
    assert client.get("/reconcile/suggest/colour?prefix=a").status_code == 400


def test_properties_are_proposed_by_type(client: Client) -> None:
    proposed = client.get("/reconcile/properties?type=document&lang=en").json()
    assert proposed["type"] == "document"
    assert {"id": "issuer", "name": "Issuer"} in proposed["properties"]
    assert "tasks-led" not in [one["id"] for one in proposed["properties"]]
    assert len(client.get("/reconcile/properties?type=agency&limit=2").json()["properties"]) == 2


def _check_cell(cell: dict[str, Any]) -> None:
    """Check one cell against what version 0.2 asks of it."""
    assert set(cell) in ({"id", "name"}, {"str"}, {"int"}, {"float"})
    assert all(isinstance(value, (str, int, float)) for value in cell.values())


def test_data_of_things(client: Client) -> None:
    things = ["agency/bo-lao-dong-thuong-binh-va-xa-hoi", "document/bo-lao-dong-thuong-binh-va-xa-hoi/2017/293-qd-ldtbxh",
              "place/tinh-binh-thuan", "agency/nobody"]  # fmt: skip
    wanted = {"ids": things, "properties": [{"id": name} for name in PROPERTIES]}
    answer = post(client, extend=wanted)
    assert [one["id"] for one in answer["meta"]] == list(PROPERTIES)
    assert list(answer["rows"]) == things
    for row in answer["rows"].values():
        assert list(row) == list(PROPERTIES)
        for cells in row.values():
            for cell in cells:
                _check_cell(cell)
    ministry, document, place, nobody = answer["rows"].values()
    assert ministry["level"] == [{"str": "trung ương"}]
    assert ministry["valid-through"] == [{"str": "2025-02-28"}]
    assert ministry["successor"] == [{"id": "agency/bo-noi-vu", "name": "Bộ Nội vụ"}]
    assert ministry["tasks-led"] == [{"int": 14}]
    assert document["issuer"] == [
        {"id": "agency/bo-lao-dong-thuong-binh-va-xa-hoi", "name": "Bộ Lao động - Thương binh và Xã hội"}
    ]
    assert document["date"] == [{"str": "2017-03-09"}]
    assert document["held"] == [{"str": "có"}]
    assert place["successor"] == [{"id": "place/tinh-lam-dong-2025", "name": "tỉnh Lâm Đồng"}]
    assert set(map(len, nobody.values())) == {0}
    drafted = client.ask("POST", "/reconcile/extend", json=wanted).json()
    assert [one["id"] for one in drafted["rows"]] == things
    level = next(one for one in drafted["rows"][0]["properties"] if one["id"] == "level")
    assert level["values"] == [{"str": "trung ương"}]


def test_the_preview_may_be_framed_and_nothing_else_may(client: Client) -> None:
    answer = client.get("/reconcile/preview?id=agency/bo-lao-dong-thuong-binh-va-xa-hoi&lang=en")
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    page = parse_page(answer.text)
    assert "Bộ Lao động - Thương binh và Xã hội" in page.text_content()
    assert "2025-02-28" in page.text_content()
    assert page.xpath("//a/@href") == ["/reconcile/view?id=agency/bo-lao-dong-thuong-binh-va-xa-hoi"]
    assert "frame-ancestors 'none'" in client.get("/").headers["content-security-policy"]


def test_an_id_leads_to_its_page(client: Client) -> None:
    for thing in ("agency/bo-y-te", "agency%2Fbo-y-te", "https://w3id.org/daumoi/id/agency/bo-y-te"):
        answer = client.get(f"/reconcile/view?id={thing}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/agency/bo-y-te")
    for address in ("view", "preview"):
        for thing in ("agency/nobody", "task/x", "", "%00"):
            answer = client.get(f"/reconcile/{address}?id={thing}")
            assert answer.status_code == 404
            assert answer.json()["error"]["vi"]
