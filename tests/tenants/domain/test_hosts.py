"""Host names that a town may have."""

import pytest

from tenants.domain.hosts import HostError, read_host

PLATFORM = "preau.example"


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("rochebelle", "rochebelle.preau.example"),
        (" Rochebelle. ", "rochebelle.preau.example"),
        ("rochebelle.preau.example", "rochebelle.preau.example"),
        ("Familles.Ville-Test.FR.", "familles.ville-test.fr"),
        ("www.ville-test.fr", "ville-test.fr"),
        ("xn--tang-9oa.fr", "xn--tang-9oa.fr"),
    ],
)
def test_a_host_is_read_as_people_type_it(typed, host):
    assert read_host(typed, platform_host=PLATFORM) == host


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("étang", "not_a_host"),
        ("a_b", "not_a_host"),
        ("-a", "not_a_host"),
        ("a..b", "not_a_host"),
        ("", "not_a_host"),
        ("rochebelle:8000", "not_a_host"),
        ("http://rochebelle", "not_a_host"),
        ("a" * 64, "not_a_host"),
        (".".join(["a" * 60] * 5), "not_a_host"),
        ("192.168.0.1", "host_is_a_number"),
        ("preau.example", "host_is_the_platform"),
        ("console", "host_reserved"),
        ("WWW.preau.example", "host_is_the_platform"),
        ("API.preau.example", "host_reserved"),
        ("a.b.preau.example", "host_too_deep"),
    ],
)
def test_a_host_that_cannot_be_is_refused(typed, reason):
    with pytest.raises(HostError) as refused:
        read_host(typed, platform_host=PLATFORM)

    assert refused.value.reason == reason
