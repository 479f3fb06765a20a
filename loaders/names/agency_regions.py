"""Branches that serve a region, not a province: *Kho bạc Nhà nước khu vực VIII*, *Đội Quản lý thị trường số 4*.

The number or the places behind *khu vực*, *số* make another body of it than the one of the document's own place. The registry does not
list them: they keep their printed name, short forms written out.
"""

import re

from loaders.names.agency_index import AgencyIndex, Named
from loaders.names.agency_names import AgencyMention, in_full_words, name_open
from loaders.names.agency_places import NameContext
from ontology.folding import UPPER

_PLACE = rf"[{UPPER}][^\W\d_]*(?:\s+[{UPPER}][^\W\d_]*){{0,3}}"
_WHICH = rf"(?:[IVXL]+(?!\w)|\d{{1,2}}(?![\w/.,]\d|\w)|{_PLACE}(?:\s*[-–]\s*{_PLACE}){{0,4}})"
_REGION = re.compile(rf"\s*(?:[-–]\s*)?(?:[Cc]hi nhánh\s+)?[Kk]hu vực\s+{_WHICH}|\s+[Ss]ố\s+\d{{1,2}}(?![\w/.,])")
_BEHIND_REGION = re.compile(rf"\s+{_WHICH}")
_KINDS = frozenset({"branch", "bank", "authority", "judiciary", "ministry-level"})


def find_region(
    text: str, start: int, end: int, targets: tuple[Named, ...], context: NameContext, index: AgencyIndex
) -> AgencyMention | None:
    """Return the mention of a region's branch, where the words behind the name ``text[start:end]`` say which region."""
    pattern = _BEHIND_REGION if text[max(0, end - 8) : end].casefold().endswith("khu vực") else _REGION
    found = pattern.match(text, end)
    if found is None or not any(_is_branch(target, index) for target in targets):
        return None
    name = in_full_words(text[start : found.end()], index)
    return name_open(text, start, found.end(), context, name)


def _is_branch(target: Named, index: AgencyIndex) -> bool:
    known = index.registry.bodies.get(target.id) if target.kind == "body" else index.registry.agencies.get(target.id)
    return target.kind in {"body", "agency"} and known is not None and known.kind in _KINDS
