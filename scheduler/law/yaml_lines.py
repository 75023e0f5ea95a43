"""YAML that remembers the line of everything and refuses what nobody asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import yaml

T = TypeVar("T")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one of libyaml where it is there: the packs load in a fraction of the time."""


class PackError(ValueError):
    """A pack that cannot be loaded, with every fault as ``file:line: message``."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


@dataclass
class Faults:
    """What is wrong with a file, in the order in which it was found."""

    file: str
    found: list[str] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        """Note a fault at a 1-based line."""
        self.found.append(f"{self.file}:{line}: {message}")


class Section:
    """A YAML mapping that is read key by key; what remains unread at the end is unknown.

    Parameters
    ----------
    node
        Where it stands.
    faults
        Takes what is wrong.
    what
        What the mapping is, for messages.
    """

    def __init__(self, node: yaml.MappingNode, faults: Faults, what: str) -> None:
        self.line = line_of(node)
        self.faults = faults
        self.what = what
        self._entries: dict[str, yaml.Node] = {}
        self._keys: dict[str, int] = {}
        for key, value in node.value:
            if key.value in self._entries:
                faults.add(line_of(key), f"{what} has {key.value!r} twice; keep one")
            self._entries[key.value] = value
            self._keys[key.value] = line_of(key)

    def names(self) -> list[str]:
        """The keys that were not read yet."""
        return list(self._entries)

    def line_of(self, key: str) -> int:
        """Line of a key, or of the section where it has no such key."""
        return self._keys.get(key, self.line)

    def text(self, key: str, default: str | None = None) -> str:
        """A plain text; without a default it must be there and not be empty."""
        node = self._entries.pop(key, None)
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value.strip()):
            if default is None:
                self.faults.add(self.line_of(key), f"{self.what} needs {key!r}")
            return default or ""
        if not isinstance(node, yaml.ScalarNode):
            self.faults.add(line_of(node), f"{key!r} of {self.what} is no plain text")
            return default or ""
        return str(node.value).strip()

    def parsed(self, key: str, parse: Callable[[str], T], default: str | None = None) -> T | None:
        """What ``parse`` makes of a text; None where it is absent or refused."""
        text = self.text(key, default)
        if not text:
            return None
        try:
            return parse(text)
        except ValueError as error:
            self.faults.add(self.line_of(key), f"{key!r} of {self.what}: {error}")
            return None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of plain texts; empty where it is absent."""
        found = []
        for node in self._sequence(key):
            if isinstance(node, yaml.ScalarNode):
                found.append(str(node.value).strip())
            else:
                self.faults.add(line_of(node), f"{key!r} of {self.what} is a list of plain texts")
        return tuple(found)

    def is_mapping(self, key: str) -> bool:
        """Whether a mapping stands under a key that was not read yet."""
        return isinstance(self._entries.get(key), yaml.MappingNode)

    def section(self, key: str) -> Section | None:
        """A mapping inside this one; None where it is absent."""
        node = self._entries.pop(key, None)
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            self.faults.add(line_of(node), f"{key!r} of {self.what} is no mapping")
            return None
        return Section(node, self.faults, f"{key!r} of {self.what}")

    def sections(self, key: str) -> Iterator[Section]:
        """A list of mappings; none where it is absent."""
        for node in self._sequence(key):
            if isinstance(node, yaml.MappingNode):
                yield Section(node, self.faults, f"an entry of {key!r} of {self.what}")
            else:
                self.faults.add(line_of(node), f"{key!r} of {self.what} is a list of mappings")

    def close(self) -> None:
        """Refuse every key that was not read."""
        for key in self._entries:
            self.faults.add(self.line_of(key), f"unknown key {key!r} in {self.what}")

    def _sequence(self, key: str) -> list[yaml.Node]:
        node = self._entries.pop(key, None)
        if node is None:
            return []
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self.faults.add(line_of(node), f"{key!r} of {self.what} is no list")
        return []


def read_document(text: str, file: str, what: str) -> Section:
    """The mapping that a YAML text is.

    Raises
    ------
    PackError
        If it is no YAML or no mapping.
    """
    faults = Faults(file)
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PackError([f"{file}:{line}: no YAML: {error.problem}"]) from error
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        # A character that YAML does not know; the C reader says where in bytes, the other one in characters.
        odd = next((place for place, sign in enumerate(text) if not _allowed(sign)), 0)
        line = text.count("\n", 0, odd) + 1
        raise PackError([f"{file}:{line}: no YAML: it has a control character"]) from error
    if not isinstance(node, yaml.MappingNode):
        raise PackError([f"{file}:1: {what} is a mapping"])
    return Section(node, faults, what)


def _allowed(sign: str) -> bool:
    """Whether YAML 1.1 takes a character as it is."""
    if "\ud800" <= sign <= "\udfff":
        return False  # half of a character
    return sign in "\t\n\r\x85" or sign.isprintable() or sign > "\x9f"


def line_of(node: yaml.Node) -> int:
    """The 1-based line on which a node starts."""
    return int(node.start_mark.line) + 1
