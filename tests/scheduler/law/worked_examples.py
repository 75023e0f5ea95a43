"""The worked examples that ship with the packs."""

from importlib.resources import files

from scheduler.law.verify.example import read_examples


def shipped():
    """All examples that ship with the packs, by id."""
    folder = files("scheduler.law").joinpath("examples")
    every = [read_examples(file.read_text(encoding="utf-8"), file.name) for file in folder.iterdir()]
    return {one.id: one for examples in every for one in examples}
