"""A place that stands once behind two bodies that go together: *HĐND, UBND các huyện*, *Công an, Ban Chỉ huy Quân sự huyện*.

Only bodies that drafters name in one breath share it; in *Bảo hiểm xã hội, UBND các xã* the first is the document's own.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from loaders.names.agency_index import AgencyIndex
from loaders.names.agency_names import AgencyMention

_TOGETHER = (
    frozenset({"hoi-dong-nhan-dan", "uy-ban-nhan-dan"}),
    frozenset({"cong-an", "ban-chi-huy-quan-su", "bo-chi-huy-quan-su"}),
)
_JOINT = re.compile(r"\s*(?:,|-|–|và|&|,\s*và)\s*")
_PLACE = re.compile(
    r"(?<!\w)(?:các\s+|cấp\s+)?(?:tỉnh|thành phố|tp|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu)(?!\w).*$",
    re.IGNORECASE | re.DOTALL,
)


def share_places(
    found: list[AgencyMention], text: str, index: AgencyIndex, find: Callable[[str], Sequence[AgencyMention]]
) -> list[AgencyMention]:
    """Return the mentions with the place of the next one given to a body that goes with it and has none; ``find`` reads a name."""
    shared = list(found)
    bodies = index.registry.bodies
    for i in range(len(shared) - 2, -1, -1):
        one, following = shared[i], shared[i + 1]
        if one.body not in bodies or following.body not in bodies or _PLACE.search(one.printed):
            continue
        slugs = {bodies[one.body].slug, bodies[following.body].slug}
        place = _PLACE.search(following.printed)
        together = len(slugs) > 1 and any(slugs <= pair for pair in _TOGETHER)
        if place is None or not together or not _JOINT.fullmatch(text, one.end, following.start):
            continue
        whole = find(f"{one.printed} {place.group()}")
        if len(whole) == 1 and whole[0].body in bodies and bodies[whole[0].body].slug == bodies[one.body].slug:
            shared[i] = replace(whole[0], start=one.start, end=one.end, printed=one.printed)
    return shared
