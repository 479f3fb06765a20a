"""How many steps a regular expression takes: a plain backtracking matcher over the parsed pattern that counts them.

Python's engine works the same way (with shortcuts), so a pattern that needs many steps here needs much time there; but a count is the
same on every machine, and a runaway is stopped. Attacks are made from the pattern itself: what leads to a repetition, the repeated
part many times over, and an end that fits nowhere.
"""

import re
import sys
from collections.abc import Callable, Iterator
from re import _constants as sre  # type: ignore[attr-defined]  # the parser has no public door
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Go = Callable[[int], bool]
"""What is to be matched behind a place."""
Step = Callable[[int, Go], bool]
"""Match at a place, then go on."""
_DEEP = 40_000
MANY = 12
"""Repetitions that may be more are attacked."""


class Runaway(Exception):
    """More steps than the budget."""


class Counter:
    """Matches one pattern at the beginning of texts and counts the steps."""

    def __init__(self, pattern: re.Pattern[str], budget: int) -> None:
        self.tree = parser.parse(pattern.pattern, pattern.flags)
        self.budget = budget
        self.steps = 0
        self.text = ""
        self.groups: dict[int, str] = {}
        self._match = self._sequence(list(self.tree), int(pattern.flags) | self.tree.state.flags)

    def count(self, text: str) -> int:
        """Return the steps of a match of ``text``; raise :class:`Runaway` beyond the budget."""
        self.text, self.steps, self.groups = text, 0, {}
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(max(limit, _DEEP))
        try:
            self._match(0, lambda _place: True)
        finally:
            sys.setrecursionlimit(limit)
        return self.steps

    def _tick(self) -> None:
        self.steps += 1
        if self.steps > self.budget:
            raise Runaway

    def _sequence(self, items: list[Any], flags: int) -> Step:
        steps = [self._item(op, value, flags) for op, value in items]

        def match(place: int, go: Go, at: int = 0) -> bool:
            if at == len(steps):
                return go(place)
            return steps[at](place, lambda behind: match(behind, go, at + 1))

        return match

    def _item(self, op: Any, value: Any, flags: int) -> Step:
        if op in {sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN}:
            return self._char(lambda char: fits(op, value, char, flags))
        if op is sre.SUBPATTERN:
            group, more, less, inner = value
            return self._group(group, self._sequence(list(inner), (flags | more) & ~less))
        if op is sre.BRANCH:
            return self._branch([self._sequence(list(one), flags) for one in value[1]])
        if op in {sre.MAX_REPEAT, sre.MIN_REPEAT}:
            low, high, inner = value
            single = len(inner) == 1 and inner[0][0] in {sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN}
            if single and op is sre.MAX_REPEAT:
                return self._run(int(low), int(high), lambda char: fits(inner[0][0], inner[0][1], char, flags))
            return self._repeat(int(low), int(high), self._sequence(list(inner), flags), op is sre.MIN_REPEAT)
        if op in {sre.ASSERT, sre.ASSERT_NOT}:
            direction, inner = value
            width = inner.getwidth()[0] if direction < 0 else 0
            return self._look(self._sequence(list(inner), flags), width, op is sre.ASSERT)
        if op is sre.AT:
            return lambda place, go: self._at(value, place) and go(place)
        if op is sre.GROUPREF:
            return lambda place, go: (
                self.text.startswith(self.groups.get(value, ""), place) and go(place + len(self.groups.get(value, "")))
            )
        if op is sre.GROUPREF_EXISTS:
            group, yes, no = value
            held, missing = (self._sequence(list(part or ()), flags) for part in (yes, no))
            return lambda place, go: (held if group in self.groups else missing)(place, go)
        raise AssertionError(f"a part of patterns that is not counted yet: {op}")

    def _char(self, fitting: Callable[[str], bool]) -> Step:
        def match(place: int, go: Go) -> bool:
            self._tick()
            return place < len(self.text) and fitting(self.text[place]) and go(place + 1)

        return match

    def _group(self, group: int | None, inner: Step) -> Step:
        def match(place: int, go: Go) -> bool:
            def close(behind: int) -> bool:
                if group is not None:
                    self.groups[group] = self.text[place:behind]
                return go(behind)

            return inner(place, close)

        return match

    def _branch(self, options: list[Step]) -> Step:
        def match(place: int, go: Go) -> bool:
            for option in options:  # noqa: SIM110  # a generator would cost stack for each character
                if option(place, go):
                    return True
            return False

        return match

    def _run(self, low: int, high: int, fitting: Callable[[str], bool]) -> Step:
        def match(place: int, go: Go) -> bool:
            end = place
            while end < len(self.text) and end - place < high and fitting(self.text[end]):
                self._tick()
                end += 1
            for behind in range(end, place + low - 1, -1):
                self._tick()
                if go(behind):
                    return True
            return False

        return match

    def _repeat(self, low: int, high: int, inner: Step, lazy: bool) -> Step:
        def match(place: int, go: Go, done: int = 0) -> bool:
            self._tick()
            if lazy and done >= low and go(place):
                return True
            again = done < high and inner(
                place, lambda behind: not (behind == place and done >= low) and match(behind, go, done + 1)
            )
            return again or (not lazy and done >= low and go(place))

        return match

    def _look(self, inner: Step, width: int, wanted: bool) -> Step:
        def match(place: int, go: Go) -> bool:
            seen = place >= width and inner(place - width, lambda _behind: True)
            return seen is wanted and go(place)

        return match

    def _at(self, what: Any, place: int) -> bool:
        before = self.text[place - 1 : place]
        behind = self.text[place : place + 1]
        if what in {sre.AT_BEGINNING, sre.AT_BEGINNING_STRING}:
            return place == 0
        if what in {sre.AT_END, sre.AT_END_STRING}:
            return place == len(self.text)
        edge = is_word(before) != is_word(behind)
        return edge if what is sre.AT_BOUNDARY else not edge


_IGNORECASE, _DOTALL = int(re.IGNORECASE), int(re.DOTALL)


def is_word(char: str) -> bool:
    """Tell whether a character is of a word."""
    return bool(char) and (char.isalnum() or char == "_")


def fits(op: Any, value: Any, char: str, flags: int) -> bool:
    """Tell whether a character is one that a single-character item matches."""
    if op is sre.ANY:
        return char != "\n" or bool(flags & _DOTALL)
    same = {char, char.lower(), char.upper()} if flags & _IGNORECASE else {char}
    if op is sre.LITERAL:
        return chr(value) in same
    if op is sre.NOT_LITERAL:
        return chr(value) not in same
    negated = bool(value) and value[0][0] is sre.NEGATE
    return any(_holds(kind, what, one) for one in same for kind, what in value) != negated


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    sre.CATEGORY_DIGIT: str.isdecimal,
    sre.CATEGORY_NOT_DIGIT: lambda char: not char.isdecimal(),
    sre.CATEGORY_SPACE: str.isspace,
    sre.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    sre.CATEGORY_WORD: is_word,
    sre.CATEGORY_NOT_WORD: lambda char: not is_word(char),
}


def _holds(kind: Any, what: Any, char: str) -> bool:
    if kind is sre.LITERAL:
        return ord(char) == what if len(char) == 1 else False
    if kind is sre.RANGE:
        return len(char) == 1 and what[0] <= ord(char) <= what[1]
    return kind is sre.CATEGORY and _CATEGORIES[what](char)


_SAMPLES = " a1,.-;:(á)/AB\n\tđ"


def sample(items: Any, choice: int) -> str:
    """Return a text that a part of a pattern matches, as far as its assertions let it; ``choice`` picks among branches."""
    parts: list[str] = []
    for op, value in items:
        if op is sre.LITERAL:
            parts.append(chr(value))
        elif op in {sre.NOT_LITERAL, sre.ANY, sre.IN}:
            fitting = [char for char in _SAMPLES if fits(op, value, char, 0)]
            fitting += [chr(what) for kind, what in value if kind is sre.LITERAL] if op is sre.IN else []
            parts.append(fitting[choice % len(fitting)] if fitting else "")
        elif op is sre.SUBPATTERN:
            parts.append(sample(value[3], choice))
        elif op is sre.BRANCH:
            parts.append(sample(value[1][choice % len(value[1])], choice))
        elif op in {sre.MAX_REPEAT, sre.MIN_REPEAT}:
            low, high, inner = value
            parts.append(sample(inner, choice) * (int(low) or (choice % 2 if int(high) else 0)))
    return "".join(parts)


def attacks(items: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield ``(what leads to a repetition, what is repeated)`` for every long repetition inside a pattern."""
    for op, value in items:
        if op in {sre.MAX_REPEAT, sre.MIN_REPEAT}:
            if int(value[1]) >= MANY:
                yield from (
                    (before, pump) for pump in sorted({sample(value[2], choice) for choice in range(4)}) if pump
                )
            yield from attacks(value[2], before)
        elif op is sre.SUBPATTERN:
            yield from attacks(value[3], before)
        elif op is sre.BRANCH:
            for option in value[1][:8]:
                yield from attacks(option, before)
        elif op in {sre.ASSERT, sre.ASSERT_NOT} and value[0] > 0:
            yield from attacks(value[1], before)
        elif op is sre.GROUPREF_EXISTS:
            for option in value[1:]:
                yield from attacks(option or (), before)
        before += sample([(op, value)], 0)
