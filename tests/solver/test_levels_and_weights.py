"""The examples in the document about levels and weights give what it says."""

import json
import re
from pathlib import Path

import pytest

from solver.problem import Problem
from solver.solve import solve

DOCUMENT = (Path(__file__).parents[2] / "docs" / "levels-and-weights.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(json|text)\n(.*?)```", DOCUMENT, re.DOTALL)


def examples():
    """What each example changes of the first one, and what it says comes out."""
    changes = [json.loads(text) for kind, text in BLOCKS if kind == "json"]
    return zip(changes, [text for kind, text in BLOCKS if kind == "text"], strict=True)


def clock(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


def told(result):
    """A result as the document writes it down."""
    works = [
        f"{work.employee} works {clock(work.start)} to {clock(work.end)}"
        for work in sorted(result.roster, key=lambda work: (work.start, work.employee))
    ]
    parts = [f"{part.rule} {part.name}".strip() + f" {part.cost}" for part in result.score.parts]
    costs = f"mandatory {result.score.mandatory}, soft {result.score.soft}"
    return (
        "\n".join([*(works or ["nobody works"]), f"{costs}: {', '.join(parts)}" if parts else costs]) + "\n"
    )


@pytest.mark.parametrize("place", range(len(BLOCKS) // 2))
def test_an_example_gives_what_the_document_says(place):
    shown = list(examples())
    base, (change, said) = shown[0][0], shown[place]
    result = solve(Problem.from_json({**base, **change}), workers=1)
    assert result.status == "optimal"
    assert result.gaps == (0.0, 0.0)
    assert told(result) == said
