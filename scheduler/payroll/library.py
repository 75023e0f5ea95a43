"""The profiles there are: those that come with Makina, and those an organisation saved."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from scheduler.payroll.payroll_profile import Profile
from scheduler.payroll.profile_check import read_profile

FOLDER = Path(__file__).parent / "profiles"


@cache
def builtin_profiles() -> dict[str, Profile]:
    """The profiles that come with Makina, by code."""
    found = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        profile = read_profile(yaml.safe_load(path.read_text(encoding="utf-8")))
        if profile.code != path.stem:
            raise ValueError(f"{path.name} describes the profile {profile.code}")
        found[profile.code] = profile
    return found
