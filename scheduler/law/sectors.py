"""The lines of business that the law of a place tells apart."""

from __future__ import annotations

from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.law.library import layers_of


def sectors_of(jurisdiction: str) -> tuple[str, ...]:
    """The sectors that the packs of a place name, sorted; none where its law knows none.

    Examples
    --------
    >>> sectors_of("us-ny-nyc"), sectors_of("pl")
    (('fast_food', 'retail'), ())
    """
    every = (parameter for pack in layers_of(jurisdiction) for parameter in pack.parameters.values())
    return tuple(sorted({parameter.population.sector for parameter in every} - {""}))


def refuse_unknown_sector(jurisdiction: str, sector: str | None) -> None:
    """Raise `InvalidInput` for a sector that no pack of the place knows; a place without a pack takes any."""
    known = sectors_of(jurisdiction)
    if sector is None or sector in known or not layers_of(jurisdiction):
        return
    hint = f"{' or '.join(known)}, or null" if known else "null: the law here knows no sectors"
    raise InvalidInput([FieldError("sector", sector, "no rule pack of this place has this sector", hint)])
