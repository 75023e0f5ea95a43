"""The exceptions of a place that the consent of a person opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.law.pack import LegalException, Opener, Pack, Parameter
from scheduler.law.words import plain


@dataclass(frozen=True, slots=True)
class ConsentGround:
    """An exception that somebody's consent opens.

    Parameters
    ----------
    ground
        Its name in the packs.
    opens
        The rules it lifts or changes, each with its exception.
    """

    ground: str
    opens: tuple[tuple[Parameter, LegalException], ...]

    @property
    def withdrawal_days(self) -> int:
        """Longest notice at which it ends where nothing else was agreed, days."""
        return max(exception.withdrawal_days for _, exception in self.opens)

    @property
    def words(self) -> str:
        """Its name as people read it."""
        return self.ground.replace("_", " ")

    @property
    def sentence(self) -> str:
        """What it does, with the articles."""
        return "; ".join(
            f"{parameter.label}: {plain(exception.value)} ({exception.citation})"
            for parameter, exception in self.opens
        )


def consent_grounds(layers: Sequence[Pack]) -> dict[str, ConsentGround]:
    """What people can consent to under some layers, by name.

    Examples
    --------
    >>> from scheduler.law.library import layers_of
    >>> sorted(consent_grounds(layers_of("gb")))
    ['opt_out']
    """
    found: dict[str, list[tuple[Parameter, LegalException]]] = {}
    for pack in layers:
        for parameter in pack.parameters.values():
            for exception in parameter.exceptions:
                if exception.opened_by == Opener.CONSENT:
                    found.setdefault(exception.ground, []).append((parameter, exception))
    return {name: ConsentGround(name, tuple(found[name])) for name in sorted(found)}
