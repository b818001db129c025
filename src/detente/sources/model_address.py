"""Where a language model is asked: the address that the user named, and what may not stand in it.

Unlike an address that is read, it need not be public: the user named it. But the text and the key
go there, so they travel readable only inside this machine, or where the user allowed it.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection

from detente.model.errors import quoted
from detente.sources.addresses import Target, is_url, look_up, target
from detente.sources.types import SourceError, without_login

__all__ = ["EndpointError", "addresses", "endpoint", "is_here"]

_PATH = "/chat/completions"


class EndpointError(SourceError):
    """The language model cannot be asked, or gives no answer; the message names its host."""


def endpoint(url: str, plain_hosts: Collection[str] = ()) -> Target:
    """Return where to post a question, from the base URL of an OpenAI-compatible API.

    Nothing is looked up or sent.

    Args:
        url: for instance ``http://127.0.0.1:8080/v1``.
        plain_hosts: hosts that may be asked without TLS though they are elsewhere.

    Raises:
        EndpointError: it is no such address, holds a secret, or would be asked without TLS.
    """
    shown = quoted(without_login(url))
    if not is_url(url):
        raise EndpointError(
            f"{shown} is no address of a language model",
            rule="--model names the base URL of an OpenAI-compatible API",
            hint="for instance --model http://127.0.0.1:8080/v1",
        )
    if re.search(r"://[^/?#]*@", url):
        raise EndpointError(
            f"{shown} contains a user name or password",
            rule="a command line is kept in histories and shown to others, so it holds no secret",
            hint="put the key into $DETENTE_MODEL_KEY",
        )
    if "?" in url or "#" in url:
        raise EndpointError(
            f"{quoted(url.split('?')[0].split('#')[0])} goes on with '?' or '#'",
            rule="--model names a base URL; keys and options have no place in it",
            hint="end it before that, and put the key into $DETENTE_MODEL_KEY",
        )
    base = url.rstrip("/").removesuffix(_PATH)
    try:
        where = target(base + _PATH)
    except SourceError as error:
        raise EndpointError(
            f"{shown}: {error.what}", rule=error.rule, hint="check the address after --model"
        ) from None
    if where.scheme == "http" and not is_here(where) and not _listed(where, plain_hosts):
        raise EndpointError(
            f"{quoted(where.host)} would be asked without TLS",
            rule="the text and the key leave this machine encrypted only",
            hint=f"use https://, or allow it: --allow-host {where.host}",
        )
    return where


def is_here(where: Target) -> bool:
    """Tell whether an address names this machine; nothing is looked up."""
    if where.host == "localhost" or where.host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(where.host).is_loopback
    except ValueError:
        return False


def addresses(where: Target, plain_hosts: Collection[str], patience: float) -> list[str]:
    """Return the IP addresses to try, in order.

    Args:
        where: what :func:`endpoint` gave.
        plain_hosts: as there.
        patience: seconds for the look-up.

    Raises:
        EndpointError: the host is unknown, or a name of this machine means another one.
    """
    try:
        found = list(dict.fromkeys(look_up(where.host, where.port, patience)))
    except SourceError as error:
        raise EndpointError(error.what, hint=error.hint) from None
    if where.scheme == "http" and not _listed(where, plain_hosts):
        found = [a for a in found if ipaddress.ip_address(a.partition("%")[0]).is_loopback]
        if not found:
            raise EndpointError(
                f"{quoted(where.host)} is not this machine, and would be asked without TLS",
                rule="the text and the key leave this machine encrypted only",
                hint=f"use https://, or allow it: --allow-host {where.host}",
            )
    return found


def _listed(where: Target, plain_hosts: Collection[str]) -> bool:
    return where.host in {host.lower().strip("[]") for host in plain_hosts}
