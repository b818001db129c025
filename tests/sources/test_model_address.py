"""Where a language model may be asked: what the address may hold, and when without TLS."""

from __future__ import annotations

import socket

import pytest

from detente.sources.model_address import EndpointError, addresses, endpoint, is_here


@pytest.mark.parametrize(
    ("url", "site", "path"),
    [
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080", "/v1/chat/completions"),
        ("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080", "/v1/chat/completions"),
        ("http://[::1]:8080", "http://[::1]:8080", "/chat/completions"),
        ("http://localhost/v1/chat/completions", "http://localhost", "/v1/chat/completions"),
        ("https://Models.Example/v1", "https://models.example", "/v1/chat/completions"),
        ("https://10.1.2.3/v1", "https://10.1.2.3", "/v1/chat/completions"),
    ],
)
def test_base_urls(url: str, site: str, path: str) -> None:
    where = endpoint(url)
    assert (where.site, where.path) == (site, path)


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("models.example/v1", "'models.example/v1' is no address of a language model"),
        ("ftp://models.example", "'ftp://models.example': 'ftp://' is not read"),
        ("https:///v1", "'https:///v1': the address has no valid host name"),
        ("https://ann:s3cret@models.example", "contains a user name or password"),
        ("https://models.example/v1?api-key=s3cret", "'https://models.example/v1' goes on with"),
        ("https://models.example/v1#s3cret", "goes on with '?' or '#'"),
    ],
)
def test_addresses_that_are_refused(url: str, what: str) -> None:
    with pytest.raises(EndpointError) as caught:
        endpoint(url)
    assert what in caught.value.what
    assert caught.value.hint
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("host", ["models.example", "10.1.2.3", "localhost.example", "[fd00::1]"])
def test_text_leaves_the_machine_encrypted_unless_the_host_is_allowed(host: str) -> None:
    with pytest.raises(EndpointError, match="would be asked without TLS") as caught:
        endpoint(f"http://{host}/v1")
    name = host.strip("[]")
    assert f"--allow-host {name}" in str(caught.value)
    assert endpoint(f"http://{host}/v1", {name}).host == name
    assert not is_here(endpoint(f"https://{host}/v1"))


def test_a_name_of_this_machine_that_means_another_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def elsewhere(host: str, port: int, **_: object) -> list[object]:
        return [(2, 1, 6, "", ("192.0.2.7", port))]

    monkeypatch.setattr(socket, "getaddrinfo", elsewhere)
    where = endpoint("http://localhost:8080/v1")
    assert is_here(where)
    with pytest.raises(EndpointError, match="'localhost' is not this machine"):
        addresses(where, (), 1.0)
    assert addresses(where, {"localhost"}, 1.0) == ["192.0.2.7"]
