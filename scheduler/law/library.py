"""The packs that ship with the application."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from scheduler.law.favourability import layers_below
from scheduler.law.loader import load_pack
from scheduler.law.pack import Layer, Pack
from scheduler.law.yaml_lines import PackError


@cache
def packs() -> dict[str, Pack]:
    """All packs by id, each after its parents.

    Raises
    ------
    PackError
        If one of them must not be loaded; the message names file and line.

    Examples
    --------
    >>> {"eu", "pl"} <= packs().keys()
    True
    """
    texts = {
        file.name: file.read_text(encoding="utf-8")
        for file in files("scheduler.law").joinpath("packs").iterdir()
        if file.name.endswith(".yaml")
    }
    return load_all(texts)


def load_all(texts: dict[str, str]) -> dict[str, Pack]:
    """Packs by id from the texts of files by name; parents are loaded before their children.

    Raises
    ------
    PackError
        With the faults of the first pack that must not be loaded.
    """
    loaded: dict[str, Pack] = {}
    waiting = sorted(texts)
    while waiting:
        still: list[str] = []
        refused: PackError | None = None
        for name in waiting:
            try:
                pack = load_pack(texts[name], name, loaded)
            except PackError as error:
                refused = refused or error
                still.append(name)
            else:
                loaded[pack.id] = pack
        if refused is not None and len(still) == len(waiting):
            raise refused
        waiting = still
    return loaded


def load_own(text: str, file: str, own: Sequence[Pack] = ()) -> Pack:
    """An organisation's own pack, such as a collective agreement, on top of those that ship.

    Parameters
    ----------
    text, file
        Content and name of the file.
    own
        Other packs of the organisation that it may stand on.

    Raises
    ------
    PackError
        If it must not be loaded, or takes the id of a pack that ships; the message names file and line.
    """
    pack = load_pack(text, file, packs() | {one.id: one for one in own}, own=True)
    if pack.id in packs():
        raise PackError([f"{file}:1: a pack {pack.id!r} ships already; give yours another id"])
    if pack.codes in {one.codes for one in packs().values()}:
        raise PackError([f"{file}:1: codes {pack.codes!r} are those of a pack that ships; give yours others"])
    return pack


def layers_of(jurisdiction: str, own: Sequence[Pack] = ()) -> tuple[Pack, ...]:
    """The packs that hold in a jurisdiction, nearest first; none where it has no pack of its own.

    Parameters
    ----------
    jurisdiction
        Id of a pack that ships, or another name it goes by.
    own
        Packs of the organisation; those that stand on the place's come before them, contracts first. One
        with the id of a pack that ships takes its place (see `scheduler.law.what_if`).

    Examples
    --------
    >>> [pack.id for pack in layers_of("pl")], layers_of("br")
    (['pl', 'eu'], ())
    """
    pack = pack_called(jurisdiction)
    if pack is None:
        return ()
    instead = {mine.id: mine for mine in own if mine.id in packs()}
    layers = [instead.get(each.id, each) for each in (pack, *layers_below(pack, packs()))]
    for mine in sorted(
        (each for each in own if each.id not in instead), key=lambda one: list(Layer).index(one.layer)
    ):
        if {*mine.parents} & {one.id for one in layers}:
            layers.insert(0, mine)
    return tuple(layers)


def pack_called(jurisdiction: str) -> Pack | None:
    """The pack of a jurisdiction by its id or another name it goes by, in whatever case; None without one.

    Examples
    --------
    >>> pack_called("PL").id, pack_called("br")
    ('pl', None)
    """
    name = jurisdiction.lower()
    return packs().get(name) or next((pack for pack in packs().values() if name in pack.also_called), None)
