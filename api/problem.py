"""What a code of a refusal is answered with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """How one code is answered.

    Parameters
    ----------
    status
        HTTP status.
    title
        Short and the same each time.
    sentences
        What happened and what would do; ``{name}`` stands for a fact, and a sentence whose facts were not
        given is left out.
    """

    status: int
    title: str
    sentences: tuple[str, ...]


def problem_of(status: int, title: str, *sentences: str) -> Problem:
    """An answer with a status, a title and sentences."""
    return Problem(status, title, sentences)
