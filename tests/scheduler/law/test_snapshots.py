"""What packs compile to stays what it was, unless somebody means to change it."""

import pytest

from scheduler.law.library import packs
from tests.scheduler.law.snapshots import FOLDER, snapshot


@pytest.mark.parametrize("pack", sorted(packs()))
def test_the_rules_of_a_pack_are_those_of_its_snapshot(pack):
    written = (FOLDER / f"{pack}.txt").read_text(encoding="utf-8")
    assert snapshot(pack) == written, "run: python -m tests.scheduler.law.snapshots"


def test_every_snapshot_has_its_pack():
    assert sorted(file.stem for file in FOLDER.glob("*.txt")) == sorted(packs())
