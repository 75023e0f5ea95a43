"""The documents say what is there."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from api.cli import app
from scheduler.kernel.settings import Settings
from tests.architecture.sources import ROOT, files, text_of
from tests.architecture.tour import TOUR, entries, rewritten

DOCUMENTS = [name for name in files() if name.endswith(".md")]


def test_the_tour_shows_the_repository_as_it_is():
    tour = TOUR.read_text(encoding="utf-8")
    assert tour == rewritten(tour), "run `make tour`"


def test_every_folder_and_module_on_the_tour_says_what_it_is():
    assert not [path for path, what in entries() if not what]


def requirement_name(requirement: str) -> str:
    """``psycopg`` of ``psycopg[binary]>=3.2``."""
    return re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]


def test_every_dependency_says_what_it_is_for():
    pyproject = tomllib.loads(text_of("pyproject.toml"))
    groups = pyproject["dependency-groups"]
    required = [*pyproject["project"]["dependencies"], *groups["build"], *groups["dev"]]
    names = {requirement_name(requirement) for requirement in required if isinstance(requirement, str)}
    for manifest in ("web/package.json", "tests/e2e/package.json"):
        names |= set(json.loads(text_of(manifest))["dependencies"])
    described = set(re.findall(r"^\| `([^`]+)` \|", text_of("docs/dependencies.md"), re.M))
    assert names == described


def test_every_setting_is_explained_to_the_operator():
    explained = set(re.findall(r"`(MAKINA_[A-Z_]+)`", text_of("docs/operations.md")))
    settings = {f"MAKINA_{name.upper()}" for name in Settings.model_fields}
    assert settings <= explained
    assert explained - settings <= {"MAKINA_CHROMIUM", "MAKINA_TEST_POSTGRES_URL"}


def test_the_image_and_compose_set_only_what_is_a_setting():
    named = set(re.findall(r"MAKINA_[A-Z_]+", text_of("compose.yaml") + text_of("Dockerfile")))
    settings = {f"MAKINA_{name.upper()}" for name in Settings.model_fields}
    assert named - settings == {"MAKINA_OWNER_PASSWORD", "MAKINA_APP_PASSWORD"}


def test_every_decision_is_in_the_list_of_decisions():
    folder = "docs/decisions/"
    listed = re.findall(r"\((\d{4}-[a-z0-9-]+\.md)\)", text_of(f"{folder}README.md"))
    assert [folder + name for name in listed] == [name for name in files() if re.match(rf"{folder}\d", name)]


def test_every_command_that_a_document_names_exists():
    command = get_command(app)
    assert isinstance(command, TyperGroup)
    named = {
        (name, word)
        for name in (*DOCUMENTS, "compose.yaml", "Dockerfile", "Makefile")
        for word in re.findall(r"(?:`|bin/|\(BIN\)/|command: |\[\")makina(?:\", \"| )([a-z]+)", text_of(name))
    }
    assert {"serve", "migrate", "worker"} <= {word for _, word in named}
    assert not [(name, word) for name, word in sorted(named) if word not in command.commands]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_between_documents_lead_somewhere(document: str):
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text_of(document))
    local = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
    assert not [target for target in local if not (ROOT / document).parent.joinpath(target).exists()]


def test_every_make_target_that_a_document_names_exists():
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.M))
    named = {
        (document, target)
        for document in DOCUMENTS
        for target in re.findall(r"(?:`|^    |^)make ([a-z]+)", text_of(document), re.M)
    }
    assert {target for _, target in named} <= targets


@pytest.mark.parametrize("path", sorted(ROOT.glob("docs/decisions/[0-9]*.md")), ids=lambda path: path.stem)
def test_a_decision_tells_context_decision_consequences_and_alternatives(path: Path):
    headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.M)
    assert headings == ["Context", "Decision", "Consequences", "Alternatives"]
