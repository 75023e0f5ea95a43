"""The third-party files that pages load are there, and are fetched only when the lock changes."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import hatch_build
from tests.architecture.sources import ROOT

VENDOR = ROOT / "api" / "static" / "vendor"


def test_every_asset_is_installed_with_its_licence():
    assert {path.name for path in VENDOR.iterdir()} == {*hatch_build.ASSETS, "lock.sha256"}
    assert not [path for path in VENDOR.iterdir() if not path.stat().st_size]
    packages = {source.split("/")[0] for source in hatch_build.ASSETS.values()}
    assert packages == {
        source.split("/")[0] for source in hatch_build.ASSETS.values() if source.endswith("LICENSE")
    }


def test_assets_of_the_same_lock_are_not_fetched_again(tmp_path: Path):
    shutil.copytree(ROOT / "web", tmp_path / "web")
    shutil.copytree(VENDOR, tmp_path / "api" / "static" / "vendor")
    assert not hatch_build.provide_assets(tmp_path)


def test_assets_of_another_lock_are_fetched_whole(tmp_path: Path):
    shutil.copytree(ROOT / "web", tmp_path / "web")
    lock = tmp_path / "web" / "package-lock.json"
    lock.write_text(lock.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert hatch_build.provide_assets(tmp_path)
    vendor = tmp_path / "api" / "static" / "vendor"
    for name in hatch_build.ASSETS:
        assert (vendor / name).read_bytes() == (VENDOR / name).read_bytes()


def test_every_pinned_package_is_copied_and_exactly_pinned():
    dependencies = json.loads((ROOT / "web" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert {source.split("/")[0] for source in hatch_build.ASSETS.values()} == set(dependencies)
    assert not [version for version in dependencies.values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)]
