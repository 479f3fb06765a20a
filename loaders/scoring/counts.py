"""Counts of right, missing, extra and wrong facts, with every error in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ScoreError:
    """One error: ``kind`` is ``missing``, ``extra`` or ``wrong``; ``expected`` and ``found`` are readable."""

    fact: str
    kind: str
    where: str
    expected: str
    found: str


@dataclass(slots=True)
class Score:
    """The count of one class of facts. ``expected`` and ``found`` leave optional facts out."""

    fact: str
    expected: int = 0
    found: int = 0
    correct: int = 0
    errors: list[ScoreError] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of what was read that is right; 1 where nothing was read."""
        return self.correct / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was read; 1 where nothing is there."""
        return self.correct / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.expected + self.found
        return 2 * self.correct / total if total else 1.0

    def right(self) -> None:
        """Count a fact that is there and was read."""
        self.expected, self.found, self.correct = self.expected + 1, self.found + 1, self.correct + 1

    def missing(self, where: str, expected: str) -> None:
        """Count a fact that is there and was not read."""
        self.expected += 1
        self.errors.append(ScoreError(self.fact, "missing", where, expected, ""))

    def extra(self, where: str, found: str) -> None:
        """Count a fact that was read and is not there."""
        self.found += 1
        self.errors.append(ScoreError(self.fact, "extra", where, "", found))

    def wrong(self, where: str, expected: str, found: str) -> None:
        """Count a fact that was read as another."""
        self.expected, self.found = self.expected + 1, self.found + 1
        self.errors.append(ScoreError(self.fact, "wrong", where, expected, found))

    def value(self, where: str, expected: object, found: object, *, same: bool, tolerated: bool = False) -> None:
        """Count one value that may be absent on either side."""
        if tolerated or (expected is None and found is None):
            return
        if found is None:
            self.missing(where, str(expected))
        elif expected is None:
            self.extra(where, str(found))
        elif same:
            self.right()
        else:
            self.wrong(where, str(expected), str(found))


CLASSES = (
    "header",
    "legal bases",
    "citations",
    "citation dates",
    "citations resolved",
    "tasks",
    "leads",
    "assignments",
    "timing text",
    "timing value",
    "components",
    "budgets",
    "targets",
    "reporting",
    "deliverables",
    "result documents",
    "quotes verbatim",
)
"""The classes of the bar, in its order."""

BESIDE = ("masthead", "citation relations", "document links", "task texts", "task components", "submission levels")
"""Classes that are scored beside the bar."""


@dataclass(frozen=True, slots=True)
class Scores:
    """All classes of one document, by name."""

    classes: dict[str, Score]

    def __getitem__(self, fact: str) -> Score:
        return self.classes[fact]

    def errors(self) -> Iterator[ScoreError]:
        """Yield every error, class by class."""
        for score in self.classes.values():
            yield from score.errors


def add_scores(many: Sequence[Scores]) -> Scores:
    """Return the sum over documents, without errors (micro-average)."""
    total = {name: Score(name) for name in (*CLASSES, *BESIDE)}
    for scores in many:
        for name, score in scores.classes.items():
            one = total[name]
            one.expected, one.found, one.correct = (
                one.expected + score.expected,
                one.found + score.found,
                one.correct + score.correct,
            )
    return Scores(total)
