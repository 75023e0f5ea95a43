"""Rule packs as data: parameters with dated, cited values, for whom they hold, and what may lift them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scheduler.kernel.effective import in_force
from scheduler.kernel.errors import SchedulerError
from scheduler.law.subject import LawSubject, WorkingTimeSystem
from scheduler.law.topics import CHECKED, Topic
from scheduler.law.values import Value

NO_BOUND = 1000


class Enforcement(StrEnum):
    """What is done with a parameter."""

    HARD = "hard"
    """A roster keeps it, and every roster is checked for it."""
    CHECK = "check"
    """Checked outside the roster, on publishing or on worked time."""
    DEFINE = "define"
    """Other parameters lean on it."""
    PAY = "pay"
    """Applied when worked time is priced."""
    DUTY = "duty"
    """Something to do or to keep outside rosters and pay; shown, not computed."""
    NONE = "none"
    """Written down, not checked; the pack says why."""


class Status(StrEnum):
    """How sure a value is."""

    CONFIRMED = "confirmed"
    """Read in a text of the law or of an authority."""
    RECALLED = "recalled"
    """From memory; to be verified before anybody relies on it."""


class Layer(StrEnum):
    """From whom a pack comes; each layer stands on those before it."""

    UNION = "union"
    COUNTRY = "country"
    REGION = "region"
    CITY = "city"
    SECTOR = "sector"
    AGREEMENT = "agreement"
    """Collective or works agreement; one may stand on another."""
    CONTRACT = "contract"

    def may_stand_on(self, other: Layer) -> bool:
        """Whether a pack of this layer may have one of the other as parent.

        Examples
        --------
        >>> Layer.CITY.may_stand_on(Layer.COUNTRY), Layer.COUNTRY.may_stand_on(Layer.CITY)
        (True, False)
        """
        order = list(Layer)
        return order.index(other) < order.index(self) or self is other is Layer.AGREEMENT


class Opener(StrEnum):
    """What opens an exception."""

    CIRCUMSTANCE = "circumstance"
    """A fact about the work or the person."""
    CONSENT = "consent"
    """Agreement of the person, dated and revocable."""
    AGREEMENT = "agreement"
    """Collective or works agreement."""
    AUTHORITY = "authority"
    """Permit of an authority."""


class NotInForce(SchedulerError):
    """A value was asked for on a day that has none; ``in_force_from`` is the first day with one."""

    def __init__(self, parameter: str, on: date, in_force_from: date, in_force_until: date | None) -> None:
        self.in_force_from = in_force_from
        self.in_force_until = in_force_until
        super().__init__(
            "law_not_in_force",
            parameter=parameter,
            on=on.isoformat(),
            in_force_from=in_force_from.isoformat(),
            in_force_until=in_force_until.isoformat() if in_force_until else None,
        )


@dataclass(frozen=True, slots=True)
class Source:
    """A text that was read.

    Parameters
    ----------
    text
        What it is and where to find it.
    consulted_on
        Civil day on which it was last read.
    """

    text: str
    consulted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue:
    """A value on the civil days ``[valid_from, valid_until)`` and where it is written.

    Parameters
    ----------
    valid_from, valid_until
        None means without end.
    value
        The value.
    citation
        Article, in the reader's words.
    status
        Whether it was read or is recalled.
    sources
        Keys of the pack's list of sources.
    note
        What else to know, for instance that only the date is recalled.
    """

    valid_from: date
    valid_until: date | None
    value: Value
    citation: str
    status: Status
    sources: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalException:
    """A ground on which another value holds for a person, or none.

    Parameters
    ----------
    ground
        Name to be found among a person's grounds.
    value
        The value instead; None where the parameter does not hold at all.
    citation
        Where it is written.
    derogation
        The parent's article that allows to go below the parent.
    opened_by
        What opens it.
    withdrawal_days
        Notice at which a consent ends where nothing else was agreed, days.
    """

    ground: str
    value: Value | None
    citation: str
    derogation: str = ""
    opened_by: Opener = Opener.CIRCUMSTANCE
    withdrawal_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Whom a parameter is about; what is not narrowed holds for all.

    Parameters
    ----------
    age_from, age_below
        Completed years, half-open; somebody of unknown age is an adult.
    system
        Working-time system.
    hazardous_night
        Only night workers in especially dangerous or straining work.
    night_worker
        Only night workers.
    sector
        Only in this line of business; empty for all.
    location, job, contract
        Only people of the location or the job role with this code, or with this kind of contract; empty for
        all. Of rules that price worked time alone.
    """

    age_from: int = 0
    age_below: int = NO_BOUND
    system: WorkingTimeSystem | None = None
    hazardous_night: bool = False
    night_worker: bool = False
    sector: str = ""
    location: str = ""
    job: str = ""
    contract: str = ""

    @property
    def is_of_pay_alone(self) -> bool:
        """Whether it asks what only pay knows of a person."""
        return bool(self.location or self.job or self.contract)

    def holds(self, subject: LawSubject, day: date) -> bool:
        """Whether a person belongs to it on a civil day."""
        age = subject.age_on(day)
        return (
            (self.age_from <= age < self.age_below if age is not None else self.age_below == NO_BOUND)
            and self.system in (None, subject.system)
            and (subject.hazardous_night or not self.hazardous_night)
            and (subject.night_worker or not self.night_worker)
            and self.sector in ("", subject.sector)
            and self.location in ("", subject.location)
            and self.job in ("", subject.job)
            and self.contract in ("", subject.contract)
        )

    def within(self, other: Population) -> bool:
        """Whether everybody in it is in ``other`` too."""
        return (
            other.age_from <= self.age_from
            and self.age_below <= other.age_below
            and other.system in (None, self.system)
            and (self.hazardous_night or not other.hazardous_night)
            and (self.night_worker or not other.night_worker)
            and other.sector in ("", self.sector)
            and other.location in ("", self.location)
            and other.job in ("", self.job)
            and other.contract in ("", self.contract)
        )

    def __str__(self) -> str:
        ages = ""
        if self.age_from and self.age_below < NO_BOUND:
            ages = f"from {self.age_from} to {self.age_below - 1} years"
        elif self.age_below < NO_BOUND:
            ages = f"under {self.age_below} years"
        elif self.age_from:
            ages = f"from {self.age_from} years"
        parts = [
            ages,
            f"{self.system} working-time system".replace("_", " ") if self.system else "",
            "hazardous night work" if self.hazardous_night else "",
            "night workers" if self.night_worker else "",
            self.sector.replace("_", " "),
            f"at {self.location}" if self.location else "",
            f"job {self.job}" if self.job else "",
            f"{self.contract} contracts".replace("_", " ") if self.contract else "",
        ]
        return ", ".join(part for part in parts if part) or "everybody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One rule of law of one jurisdiction, with its value through time.

    Parameters
    ----------
    id
        Pack id and name, for ever: ``pl.daily_rest.min``.
    topic
        What it is about.
    enforcement
        What is done with it.
    values
        By date, without gap or overlap.
    code
        Code of its violations, such as ``PL.DAILY_REST_11H``; empty where it has none.
    population
        Whom it is about.
    exceptions
        Grounds that lift or change it.
    derogable
        Article that lets layers above go below it; empty where nothing does.
    derogable_by
        The layers that may; empty where all may.
    derogation
        The parent's article that lets this one go below the parent.
    tests
        Ids of the worked examples that show it kept and broken.
    what
        What it is, where the topic's words are too wide.
    why
        For what is not checked: why.
    pays
        Codes of its lines of pay: of a whole hour and, where it is another, of the premium alone.
    line
        Line of the pack's file, 1-based.
    """

    id: str
    topic: Topic
    enforcement: Enforcement
    values: tuple[DatedValue, ...]
    code: str = ""
    population: Population = Population()
    exceptions: tuple[LegalException, ...] = ()
    derogable: str = ""
    derogable_by: tuple[Layer, ...] = ()
    derogation: str = ""
    tests: tuple[str, ...] = ()
    what: str = ""
    why: str = ""
    pays: tuple[str, ...] = ()
    line: int = 0

    @property
    def waits_for_a_check(self) -> bool:
        """Whether it is to be checked and nothing does so yet."""
        return self.enforcement == Enforcement.CHECK and self.topic.id not in CHECKED

    @property
    def label(self) -> str:
        """What it is, for tables."""
        return self.what or self.topic.label

    def on(self, day: date) -> DatedValue:
        """The value in force on a civil day.

        Raises
        ------
        NotInForce
            If there is none, with the first day that has one.
        """
        found = in_force(self.values, day)
        if found is None:
            raise NotInForce(self.id, day, self.values[0].valid_from, self.values[-1].valid_until)
        return found

    def exception_for(self, grounds: frozenset[str]) -> LegalException | None:
        """The first exception whose ground is among those given."""
        return next((exception for exception in self.exceptions if exception.ground in grounds), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The law of one jurisdiction as far as it is written down.

    Parameters
    ----------
    id
        Jurisdiction: ``eu``, ``pl``, ``us-ca``.
    title
        For people.
    version
        Release of the pack.
    parents
        Ids of the layers below it, nearest first; their rules hold too.
    adjective
        How the law is called in a sentence: ``Polish law``.
    notes
        True of every roster under this pack: assumptions and approximations.
    not_covered
        What the law also says and nothing here checks.
    sources
        By key: what was read, and when.
    layer
        From whom it comes.
    codes
        What the codes of its violations begin with, such as ``PL``.
    also_called
        Other ids of the jurisdiction.
    parameters
        By id, in the order of the file.
    sha256
        Hash of the file.
    """

    id: str
    title: str
    version: str
    parents: tuple[str, ...]
    adjective: str
    notes: tuple[str, ...]
    not_covered: tuple[str, ...]
    sources: dict[str, Source]
    layer: Layer
    codes: str
    also_called: tuple[str, ...]
    parameters: dict[str, Parameter]
    sha256: str

    @property
    def fingerprint(self) -> str:
        """Version and start of the hash: enough to tell whether two rosters were made under the same text."""
        return f"{self.version}+{self.sha256[:12]}"
