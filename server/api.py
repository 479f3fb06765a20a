"""The JSON routes: each named query at ``/api/{name}``, as an envelope that never cuts in silence, or as CSV.

``{"ok": true, "rows": […], "truncated": false, "next": null, "release": "…"}``; where there is more, ``truncated`` is true and
``next`` is the address of what follows.
"""

import datetime
from decimal import Decimal
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ontology.errors import DaumoiError, ParameterError
from queries.answer import Answer, Value
from queries.catalogue import ask, load_catalogue
from server.site import Site
from server.statuses import status_of
from server.terminal import format_csv

_RESERVED = ("limit", "offset", "lang", "excel")


def plain_value(value: Value | None) -> object:
    """Return a cell as JSON can say it: dates as ISO text, exact numbers as numbers."""
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def read_given(request: Request) -> dict[str, Value | list[Value] | None]:
    """Return the query's own parameters of a request; a name given several times is a list."""
    given: dict[str, Value | list[Value] | None] = {}
    for name in dict.fromkeys(request.query_params.keys()):
        if name not in _RESERVED:
            values: list[Value] = [value for value in request.query_params.getlist(name) if value]
            given[name] = values[0] if len(values) == 1 else values or None
    return given


def _whole_number(request: Request, name: str, default: int, highest: int | None = None) -> int:
    text = request.query_params.get(name, str(default))
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise ParameterError(f"{text!r} is no whole number", where=name, remedy=f"leave {name} out, or give a number")
    return min(int(text), highest) if highest is not None else int(text)


def answer_json(request: Request, answer: Answer, page_rows: int) -> JSONResponse:
    """Return one page of ``answer`` in the envelope."""
    limit = max(1, _whole_number(request, "limit", page_rows, page_rows))
    offset = _whole_number(request, "offset", 0)
    rows = answer.rows[offset : offset + limit]
    truncated = offset + limit < len(answer.rows)
    following = None
    if truncated:
        following = str(
            request.url.include_query_params(limit=limit, offset=offset + limit).replace(scheme="", netloc="")
        )
    names = answer.names
    body = {
        "ok": True,
        "rows": [dict(zip(names, map(plain_value, row), strict=True)) for row in rows],
        "total": len(answer.rows),
        "truncated": truncated,
        "next": following,
        "release": answer.release,
    }
    return JSONResponse(body, headers=_shared(answer))


def _shared(answer: Answer) -> dict[str, str]:
    return {
        "Access-Control-Allow-Origin": "*",
        "X-Release": answer.release,
        "Access-Control-Expose-Headers": "X-Release",
    }


def answer_csv(request: Request, answer: Answer, name: str) -> Response:
    """Return the whole answer as CSV; with ``excel=1`` marked as UTF-8 the way Excel wants it."""
    text = format_csv(answer.names, [[plain_cell(cell) for cell in row] for row in answer.rows])
    mark = "\ufeff" if request.query_params.get("excel") else ""
    headers = {**_shared(answer), "Content-Disposition": f'attachment; filename="{name}-{answer.release}.csv"'}
    return Response((mark + text).encode(), media_type="text/csv; charset=utf-8; header=present", headers=headers)


def plain_cell(value: Value | None) -> Value | None:
    """Return a cell for a spreadsheet: a text that would be taken for a formula is kept from being one."""
    if isinstance(value, str) and value[:1] in ("=", "@", "\t", "\r"):
        return "'" + value
    return value


def api_error(error: DaumoiError) -> JSONResponse:
    """Return an error in the envelope of the API."""
    body = {"ok": False, "error": {"what": error.what, "where": error.where, "remedy": error.remedy}}
    return JSONResponse(body, status_of(error), headers={"Access-Control-Allow-Origin": "*"})


def list_queries(request: Request) -> Response:
    """Answer with the list of all named queries."""
    site: Site = request.app.state.site
    rows = [
        {
            "name": query.name,
            "summary_vi": query.summary_vi,
            "summary_en": query.summary_en,
            "href": f"/api/{query.name}",
            "parameters": [
                {"name": p.name, "type": p.type, "required": p.required, "default": p.default, "example": p.example}
                for p in query.parameters
            ],
            "columns": [column.name for column in query.columns],
        }
        for query in load_catalogue().values()
    ]
    return JSONResponse(
        {"ok": True, "rows": rows, "total": len(rows), "truncated": False, "next": None, "release": site.release().id},
        headers={"Access-Control-Allow-Origin": "*"},
    )


def ask_query(request: Request) -> Response:
    """Answer a named query."""
    site: Site = request.app.state.site
    name, _, suffix = request.path_params["name"].partition(".")
    try:
        if suffix not in ("", "json", "csv"):
            raise ParameterError(f"there is no form .{suffix}", where=name, remedy="use .json or .csv")
        answer = ask(site.release(), name, **read_given(request))
        if suffix == "csv":
            return answer_csv(request, answer, name)
        return answer_json(request, answer, site.settings.page_rows)
    except DaumoiError as error:
        return api_error(error)


def describe_api(_request: Request) -> JSONResponse:
    """Answer with the OpenAPI description of the JSON routes."""
    return JSONResponse(openapi_description(), headers={"Access-Control-Allow-Origin": "*"})


_TYPES: dict[str, dict[str, Any]] = {
    "int": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
    "period": {"type": "string", "pattern": r"^\s*(19|20)\d\d\s*[-–—]\s*(19|20)\d\d\s*$"},
}


def openapi_description() -> dict[str, Any]:
    """Return the OpenAPI 3.1 description of every named query."""
    paths: dict[str, Any] = {}
    for query in load_catalogue().values():
        parameters = [
            {
                "name": p.name,
                "in": "query",
                "required": p.required,
                "description": f"{p.label_vi} / {p.label_en} ({p.type})",
                "schema": _TYPES.get(p.type, {"type": "string"})
                | ({"enum": list(p.choices())} if p.choices() else {})
                | ({"default": p.default} if p.default else {}),
                **({"example": p.example} if p.example and "…" not in p.example else {}),
            }
            for p in query.parameters
        ]
        row = {
            "type": "object",
            "properties": {c.name: {"description": f"{c.label_vi} / {c.label_en}"} for c in query.columns},
        }
        paths[f"/api/{query.name}"] = {
            "get": {
                "operationId": query.name,
                "summary": query.summary_vi,
                "description": query.summary_en,
                "parameters": [
                    *parameters,
                    {"$ref": "#/components/parameters/limit"},
                    {"$ref": "#/components/parameters/offset"},
                ],
                "responses": {
                    "200": {"description": "Hàng / rows", "content": {"application/json": {"schema": _envelope(row)}}},
                    "400": {"$ref": "#/components/responses/wrong"},
                    "503": {"$ref": "#/components/responses/wrong"},
                },
            }
        }
    whole = {"type": "integer", "minimum": 0}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Đầu mối",
            "version": "1",
            "description": "Ai chủ trì việc gì, theo văn bản nào, đến bao giờ. Mỗi đường dẫn cũng có dạng .csv. / "
            "Who leads what, under which decree, by when. Every route also answers as .csv.",
        },
        "paths": paths,
        "components": {
            "parameters": {
                "limit": {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1}},
                "offset": {"name": "offset", "in": "query", "schema": whole},
            },
            "responses": {
                "wrong": {
                    "description": "Không hỏi được như thế / it cannot be asked like this",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/error"}}},
                }
            },
            "schemas": {
                "error": {
                    "type": "object",
                    "required": ["ok", "error"],
                    "properties": {
                        "ok": {"const": False},
                        "error": {
                            "type": "object",
                            "required": ["what", "where", "remedy"],
                            "properties": {key: {"type": "string"} for key in ("what", "where", "remedy")},
                        },
                    },
                }
            },
        },
    }


def _envelope(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["ok", "rows", "total", "truncated", "next", "release"],
        "properties": {
            "ok": {"const": True},
            "rows": {"type": "array", "items": row},
            "total": {"type": "integer"},
            "truncated": {"type": "boolean"},
            "next": {"type": ["string", "null"]},
            "release": {"type": "string"},
        },
    }


routes = [
    Route("/api", list_queries),
    Route("/api/{name}", ask_query),
    Route("/openapi.json", describe_api),
]
