"""The lines of business that the law of a place tells apart."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.law.pack import Pack


def sectors_of(layers: Sequence[Pack]) -> tuple[str, ...]:
    """The sectors that the layers of a place name, sorted; none where its law knows none.

    Examples
    --------
    >>> from scheduler.law.library import layers_of
    >>> sectors_of(layers_of("us-ny-nyc")), sectors_of(layers_of("pl"))
    (('fast_food', 'retail'), ())
    """
    every = (parameter for pack in layers for parameter in pack.parameters.values())
    return tuple(sorted({parameter.population.sector for parameter in every} - {""}))


def refuse_unknown_sector(layers: Sequence[Pack], sector: str | None) -> None:
    """Raise `InvalidInput` for a sector that no pack of the place knows; a place without a pack takes any."""
    known = sectors_of(layers)
    if sector is None or sector in known or not layers:
        return
    hint = f"{' or '.join(known)}, or null" if known else "null: the law here knows no sectors"
    raise InvalidInput([FieldError("sector", sector, "no rule pack of this place has this sector", hint)])
