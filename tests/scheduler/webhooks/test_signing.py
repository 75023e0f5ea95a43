"""Secrets of webhooks and the signatures made with them."""

from __future__ import annotations

import base64
import doctest
import hashlib
import hmac
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from pydantic import ValidationError

from scheduler.kernel.settings import Settings
from scheduler.webhooks.installation_key import installation_key
from scheduler.webhooks.signing import secret_of, signed_headers

AT = datetime(2021, 2, 25, 13, 36, 54, tzinfo=UTC)


def test_a_signature_is_that_of_the_published_example_of_standard_webhooks():
    """Id, secret, time and body as the specification's libraries test them."""
    headers = signed_headers(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        datetime.fromtimestamp(1614265330, UTC),
        b'{"test": 2432232314}',
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_any_change_of_id_time_or_body_makes_another_signature():
    secret = secret_of(b"k" * 32, UUID(int=1), 1)
    signatures = {
        signed_headers(name, at, body, [secret])["webhook-signature"]
        for name in ("a", "b")
        for at in (AT, AT.replace(second=55))
        for body in (b"x", b"y")
    }
    assert len(signatures) == 8


def test_two_secrets_make_two_signatures_either_of_which_holds():
    secrets = [secret_of(b"k" * 32, UUID(int=1), number) for number in (2, 1)]
    told = signed_headers("evt_1", AT, b"{}", secrets)["webhook-signature"].split(" ")
    for secret, signature in zip(secrets, told, strict=True):
        key = base64.b64decode(secret.removeprefix("whsec_"))
        content = f"evt_1.{int(AT.timestamp())}.{{}}".encode()
        right = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
        assert signature == f"v1,{right}"


def test_secrets_differ_by_key_endpoint_and_number():
    made = {
        secret_of(key, UUID(int=endpoint), number)
        for key in (b"a" * 32, b"b" * 32)
        for endpoint in (1, 2)
        for number in (1, 2, 12)
    }
    assert len(made) == 12


def test_on_sqlite_the_key_is_kept_in_a_file_that_only_its_owner_reads(tmp_path: Path):
    settings = Settings(database_url="sqlite:///x.db", data_dir=tmp_path / "new")
    key = installation_key(settings)
    assert key is not None
    assert len(key) == 64
    assert key == installation_key(settings)
    kept = tmp_path / "new" / "webhook.key"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["webhook.key"]


def test_on_postgresql_the_operator_gives_the_key_or_there_is_none(tmp_path: Path):
    url = "postgresql://makina_app@database/makina"
    assert installation_key(Settings(database_url=url, data_dir=tmp_path)) is None
    assert list(tmp_path.iterdir()) == []
    given = Settings(database_url=url, webhook_key="s" * 32)
    assert installation_key(given) == b"s" * 32
    assert "sss" not in repr(given)


def test_the_example_of_the_documentation_runs():
    found = doctest.testfile(str(Path(__file__).parents[3] / "docs" / "webhooks.md"), module_relative=False)
    assert found.attempted > 3
    assert found.failed == 0


def test_a_key_that_could_be_guessed_is_refused_and_an_empty_one_is_none():
    with pytest.raises(ValidationError, match="at least 32 characters"):
        Settings(webhook_key="short")
    assert Settings(webhook_key="").webhook_key is None
