"""The answer of a solver and what it reports on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from solver.score import Score
from solver.violation import Level
from solver.work import Roster

Status = Literal["optimal", "feasible", "infeasible", "stopped_empty"]


@dataclass(frozen=True, slots=True)
class OpenShift:
    """Work nobody could be found for.

    Parameters
    ----------
    start, end
        Minutes from the origin, half-open.
    skill, location
        What is missing; None where it does not matter.
    people
        How many people are missing throughout the span.
    level
        ``mandatory`` (a mandatory shift, or below a minimum) or ``soft``.
    shift, coverage
        Id of the given shift left open, or of a coverage requirement not met.
    """

    start: int
    end: int
    skill: str | None
    location: str | None
    people: int
    level: Level
    shift: str | None = None
    coverage: str | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """One member of a smallest set of pins and rules that cannot all hold.

    Parameters
    ----------
    kind
        ``pin`` or ``rule``.
    employee
        Whose pin, or for whom the rule holds; None for a rule that is nobody's.
    id
        The rule's id, or ``pins[3]``, the pin's place in the problem.
    name, citation
        The rule's own key and its source; for a pin its note.
    path
        Where it stands in the problem, ``pins[3]`` or ``rules[2]``; empty for a rule that always holds.
    """

    kind: Literal["pin", "rule"]
    id: str
    employee: str | None
    name: str = ""
    citation: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowPrice:
    """What one more person would save at most, everybody else being planned anew.

    Parameters
    ----------
    start, end
        When the person is there, minutes from the origin, half-open.
    worth
        Weighted cost (see `ShadowPrices`), above 0.
    skill, location
        What the person does; None where it does not matter.
    shift
        Id of the given shift that the person takes; None for somebody who is there besides.
    """

    start: int
    end: int
    worth: float
    skill: str | None = None
    location: str | None = None
    shift: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowPrices:
    """The prices of people at which a bound was proven: what one more person is worth at the margin.

    The weighted cost is the soft cost plus ``mandatory`` times the mandatory cost. No roster has less than
    ``least``; with one more person in some of the spans none has less than that minus their worth. So the
    most that such a person can save is the worth, and what the roster costs more than ``least``.

    Parameters
    ----------
    least
        Proven for all rosters.
    mandatory
        How much a unit of mandatory cost counts.
    prices
        By kind of work and time. One more person at any other time is worth nothing, and so is one in any
        other shift that somebody could work.
    """

    least: float
    mandatory: int
    prices: tuple[ShadowPrice, ...] = ()


@dataclass(frozen=True, slots=True)
class TracePoint:
    """The best cost and its bound at one moment.

    Parameters
    ----------
    seconds
        Since the start.
    objective
        (mandatory, soft) cost of the best roster.
    bound
        (mandatory, soft) lower bounds proven so far; the soft one holds among rosters with the best
        mandatory cost.
    """

    seconds: float
    objective: tuple[int, int]
    bound: tuple[int, int]

    @property
    def gaps(self) -> tuple[float, float]:
        """(mandatory, soft) relative gaps at that moment."""
        return gaps_of(self.objective, self.bound)


@dataclass(frozen=True, slots=True)
class Progress:
    """What an observer is told, at each better roster and several times a second.

    Parameters
    ----------
    seconds
        Since the start.
    phase
        What the solver is doing: ``construct``, ``mandatory``, ``soft``, ``prepare`` (which compiles the
        search where that has never been done on the machine), ``anneal`` or ``improve``.
    objective
        (mandatory, soft) cost of the best roster, None while there is none.
    bound
        (mandatory, soft) lower bounds proven so far; the soft one holds among rosters with the best
        mandatory cost.
    roster
        The best roster if it is new since the last call, else None.
    """

    seconds: float
    phase: str
    objective: tuple[int, int] | None
    bound: tuple[int, int]
    roster: Roster | None = None

    @property
    def gaps(self) -> tuple[float, float] | None:
        """(mandatory, soft) relative gaps; None while there is no roster."""
        return None if self.objective is None else gaps_of(self.objective, self.bound)


Observer = Callable[[Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What solving a problem gave.

    Parameters
    ----------
    status
        ``optimal``: proven best on both levels; ``feasible``: no hard rule broken; ``infeasible``: no
        roster keeps the hard rules, see ``clash``; ``stopped_empty``: stopped before any roster that keeps
        them was found.
    roster
        The best roster; empty where there is none.
    score
        Its score as `solver.evaluate` sees it.
    bound
        (mandatory, soft) proven lower bounds.
    trace
        Improvements over time.
    open_shifts
        What the people do not suffice for.
    clash
        For ``infeasible``: a smallest set of pins and rules that cannot all hold; removing any one lifts
        the clash. Empty where there was no time to find it.
    shadow_prices
        What one more person is worth at the margin; None where no bound came with such prices.
    seconds, seed, workers
        How long it took and with what.
    versions
        Of the solver's libraries.
    """

    status: Status
    roster: Roster
    score: Score
    bound: tuple[int, int]
    trace: tuple[TracePoint, ...] = ()
    open_shifts: tuple[OpenShift, ...] = ()
    clash: tuple[Clash, ...] = ()
    shadow_prices: ShadowPrices | None = None
    seconds: float = 0.0
    seed: int = 0
    workers: int = 1
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def gap(self) -> float:
        """Relative gap of the soft cost to its bound; 1.0 while the mandatory cost is not proven best."""
        return gap_of((self.score.mandatory, self.score.soft), self.bound)

    @property
    def gaps(self) -> tuple[float, float]:
        """(mandatory, soft) relative gaps, each to the bound of its level."""
        return gaps_of((self.score.mandatory, self.score.soft), self.bound)

    def to_json(self) -> dict[str, object]:
        """Plain values for ``json.dump``."""
        from solver.codec import encode_object

        return {**encode_object(self), "gap": self.gap, "gaps": list(self.gaps)}

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> "Result":
        """Read what `to_json` writes.

        Raises
        ------
        ProblemError
            With every fault.

        Examples
        --------
        >>> from solver.work import Assignment
        >>> result = Result(status="feasible", roster=Roster([Assignment(employee="ann", start=0, end=480)]),
        ...                 score=Score(0, 0, 7), bound=(0, 7), versions={"ortools": "9"})
        >>> Result.from_json(result.to_json()) == result
        True
        """
        from solver.codec import decode

        told = {name: value for name, value in data.items() if name not in ("gap", "gaps")}
        result = decode(cls, told, largest=None)
        assert isinstance(result, cls)  # noqa: S101 - what `decode` was asked for
        return result


def gap_of(objective: tuple[int, int], bound: tuple[int, int]) -> float:
    """Relative gap of the soft cost to its bound; 1.0 while the mandatory cost is not proven best.

    Examples
    --------
    >>> gap_of((0, 102), (0, 100))
    0.0196...
    >>> gap_of((5, 10), (3, 10)), gap_of((0, 0), (0, 0))
    (1.0, 0.0)
    """
    mandatory, soft = gaps_of(objective, bound)
    return 1.0 if mandatory else soft


def gaps_of(objective: tuple[int, int], bound: tuple[int, int]) -> tuple[float, float]:
    """(mandatory, soft) relative gaps of costs to their bounds; the soft one among equals in the other.

    Examples
    --------
    >>> gaps_of((5, 10), (4, 10)), gaps_of((0, 200), (0, 100))
    ((0.2, 0.0), (0.0, 0.5))
    """
    mandatory, soft = (
        max(0, cost - least) / max(1, abs(cost)) for cost, least in zip(objective, bound, strict=True)
    )
    return mandatory, soft
