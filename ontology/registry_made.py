"""What the patterns of the registry make: the agency of one place, the unit of one ministry, the group of one body."""

from ontology.entities import Agency, BodyPattern, Group, Jurisdiction, PlaceKind
from ontology.namespaces import slug
from ontology.registry_forms import fill_kind


def make_local_agency(body: BodyPattern, where: Jurisdiction, kind: PlaceKind, parent: str | None) -> Agency:
    """Return the agency that a body pattern makes in one place (*Sở Tài chính* → *Sở Tài chính tỉnh Bình Thuận*)."""
    name = fill_kind(body.name, kind)
    full = fill_kind(body.name_pattern, kind)
    full = full.replace("{name}", name).replace("{place}", where.full_name).replace("{place_name}", where.name)
    short = dict.fromkeys([name, *(fill_kind(other, kind) for other in body.names)])
    return Agency(
        id=f"{where.id}/{slug(fill_kind(body.slug, kind))}",
        name=full,
        name_en=f"{body.name_en}, {where.name} {kind.name_en}",
        kind=body.kind,
        level=where.level,
        parent=parent,
        jurisdiction=where.id,
        lines_of_work=body.lines_of_work,
        names=tuple(short),
        symbols=body.symbols,
        valid_from=_later(body.valid_from, where.valid_from),
        valid_to=_earlier(body.valid_to, where.valid_to),
        source=body.source,
        pattern=body.id,
    )


def _later(one: str | None, other: str | None) -> str | None:
    return max(one, other) if one and other else one or other


def _earlier(one: str | None, other: str | None) -> str | None:
    return min(one, other) if one and other else one or other


def make_unit_agency(unit: BodyPattern, above: Agency) -> Agency:
    """Return the unit of one ministry (*Văn phòng Bộ* → *Văn phòng Bộ Y tế*; *Vụ Pháp chế* keeps its name)."""
    return Agency(
        id=f"{above.id}/{unit.slug}",
        name=unit.name_pattern.replace("{name}", unit.name).replace("{agency}", above.name),
        name_en=f"{unit.name_en}, {above.name_en}",
        kind=unit.kind,
        level=above.level,
        parent=above.id,
        jurisdiction=above.jurisdiction,
        lines_of_work=unit.lines_of_work,
        names=tuple(dict.fromkeys([unit.name, *unit.names])),
        symbols=unit.symbols,
        valid_from=above.valid_from,
        valid_to=above.valid_to,
        pattern=unit.id,
    )


def make_body_group(pattern: Group, body: BodyPattern) -> Group:
    """Return the group that a pattern makes of one body: *Sở Tài chính các tỉnh, thành phố*."""

    def fill(text: str) -> str:
        return text.replace("{body}", body.name)

    return Group(
        id=f"{body.id}/{pattern.id}",
        name=fill(pattern.name),
        name_en=pattern.name_en.replace("{body}", body.name_en),
        names=tuple(map(fill, pattern.names)),
        spelled_out=pattern.spelled_out,
        level=pattern.level,
        scope=pattern.scope,
        member_bodies=(body.id,) if pattern.spelled_out else (),
        variants=tuple(map(fill, pattern.variants)),
    )
