"""Where webhooks may go."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from scheduler.kernel.errors import InvalidInput
from scheduler.webhooks.addresses import AddressRefused, Target, addresses_of, checked_target, is_public


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://hr.example.com/x", "is not encrypted"),
        ("http://127.0.0.1:9/x", "is not encrypted"),
        ("ftp://hr.example.com/x", "is not encrypted"),
        ("file:///etc/passwd", "is not encrypted"),
        ("https://", "names no host"),
        ("https://user:secret@hr.example.com/", "has a password in it"),
        ("https://hr.example.com/#part", "has a part after #"),
        ("https://127.0.0.1/", "is a private address"),
        ("https://localhost/", "is a private address"),
        ("https://10.1.2.3/", "is a private address"),
        ("https://169.254.169.254/latest/meta-data", "is a private address"),
        ("https://[::1]/", "is a private address"),
        ("https://[::ffff:10.0.0.1]/", "is a private address"),
        ("https://[64:ff9b::a00:1]/", "is a private address"),
        ("https://hr.example.com:99999/", "is no address"),
        ("https://hr.exa mple.com/", "is no address"),
        ("https://hr.example.com/\n", "is no address"),
        ("https://[::1", "is no address"),
        ("https://hr.example.com/" + "x" * 500, "is no address"),
        ("", "is not encrypted"),
    ],
)
def test_what_is_no_public_https_address_is_refused(url: str, problem: str):
    with pytest.raises(InvalidInput) as refusal:
        checked_target(url, private_addresses=False)
    assert (refusal.value.errors[0].field, refusal.value.errors[0].problem) == ("url", problem)


def test_a_public_address_is_taken_apart():
    target = checked_target("https://hr.example.com/in?who=makina", private_addresses=False)
    assert target == Target(True, "hr.example.com", 443, "/in?who=makina")
    assert checked_target("https://zażółć.example:8443", private_addresses=False).host.startswith("xn--")


def test_this_machine_is_reached_without_tls_only_where_the_operator_says_so():
    assert checked_target("http://localhost:8080/", private_addresses=True).port == 8080
    with pytest.raises(InvalidInput):
        checked_target("http://10.0.0.5/", private_addresses=True)


def test_a_name_that_leads_to_a_private_address_is_refused_when_it_is_sent_to():
    target = checked_target("https://hr.example.com/", private_addresses=False)
    local = Target(True, "localhost", 443, "/")
    with pytest.raises(AddressRefused, match="private address"):
        addresses_of(local, private_addresses=False)
    assert addresses_of(local, private_addresses=True)
    assert target.host == "hr.example.com"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("0.0.0.1", False),
        ("100.64.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("ff0e::1", False),
        ("2002:0a00:0001::1", False),
        ("64:ff9b::7f00:1", False),
    ],
)
def test_only_addresses_of_the_internet_are_public(address: str, public: bool):
    assert is_public(ip_address(address)) is public
