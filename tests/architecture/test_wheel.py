"""The wheel holds all that an installation needs and nothing else, and runs without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import httpx2
import pytest

import hatch_build
from tests.architecture.sources import PACKAGES, ROOT, files
from tests.makina_processes import MAKINA, served

BUILD = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"

# `-S`: without the checkout, which the environment of the tests has on its path.
FROM_THE_WHEEL = (sys.executable, "-S", *MAKINA[1:])


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, made as ``pip wheel --no-build-isolation`` makes it."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-c", BUILD, str(folder)], cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("makina-*.whl")
    return built


def test_it_holds_every_file_of_the_packages_and_the_third_party_assets_and_nothing_else(wheel: Path):
    ours = {name for name in files() if name.split("/")[0] in PACKAGES}
    vendor = {f"api/static/vendor/{name}" for name in [*hatch_build.ASSETS, "lock.sha256"]}
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == ours | vendor
    for needed in (
        "api/templates/base.html",
        "api/static/css/makina.css",
        "api/static/js/week.js",
        "api/demo/company/employees.csv",
        "scheduler/law/packs/pl.yaml",
        "scheduler/db/migrations/env.py",
        "scheduler/db/migrations/versions/0001_first_release.py",
    ):
        assert needed in held


def test_it_comes_with_the_command_and_the_licence(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        about = {name.partition(".dist-info/")[2]: name for name in archive.namelist()}
        assert "makina = api.cli:main" in archive.read(about["entry_points.txt"]).decode()
        assert archive.read(about["licenses/LICENSE"]) == (ROOT / "LICENSE").read_bytes()


@pytest.mark.slow
def test_it_serves_pages_and_assets_without_the_checkout(wheel: Path, tmp_path: Path):
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    settings = {
        "PYTHONPATH": os.pathsep.join([str(installed), sysconfig.get_path("purelib")]),
        "MAKINA_DATABASE_URL": f"sqlite:///{tmp_path / 'makina.db'}",
        "MAKINA_DATA_DIR": str(tmp_path),
    }
    whence = subprocess.run(
        [*FROM_THE_WHEEL[:2], "-c", "import api, solver; print(api.__file__, solver.__file__)"],
        cwd=tmp_path,
        env={**os.environ, **settings},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert str(ROOT) not in whence
    with served(tmp_path / "log", settings=settings, command=FROM_THE_WHEEL) as (server, url):
        for path, kind in (
            ("/readyz", "application/json"),
            ("/sign-in", "text/html"),
            ("/static/vendor/htmx.js", "text/javascript"),
            ("/static/css/makina.css", "text/css"),
            ("/v1/openapi.json", "application/json"),
        ):
            answer = httpx2.get(url + path, timeout=20)
            assert answer.status_code == 200, f"{path}: {answer.text}\n{server.said}"
            assert answer.headers["content-type"].startswith(kind)
            assert answer.content
        server.wait_until_said("worker_started")
    assert "Traceback" not in server.said
