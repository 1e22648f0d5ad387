"""Redirects lead to the web only, and never away from encryption; a server must prove who it is."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

from models.errors import ModelError
from models.fetching.fetch import fetch
from models.fetching.transfer import followed
from tests.models.fetching.conftest import CONTENT, published
from tests.models.fetching.file_server import FileServer


@pytest.mark.parametrize(
    ("address", "place", "led"),
    [
        ("https://a.org/x/y", "https://b.org/z", "https://b.org/z"),
        ("https://a.org/x/y", "/z", "https://a.org/z"),
        ("https://a.org/x/y", "z", "https://a.org/x/z"),
        ("https://a.org/x/y", "//b.org/z", "https://b.org/z"),
        ("http://a.org/x", "https://a.org/x", "https://a.org/x"),
        ("http://a.org/x", "http://b.org/x", "http://b.org/x"),
    ],
)
def test_a_redirect_is_followed(address: str, place: str, led: str) -> None:
    assert followed(address, place) == led


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://a.org/x", "http://a.org/x"),
        ("https://a.org/x", "http://b.org/x"),
        ("https://a.org/x", "ftp://a.org/x"),
        ("http://a.org/x", "file:///etc/passwd"),
        ("https://a.org/x", "data:,x"),
    ],
)
def test_a_redirect_away_from_encryption_or_from_the_web_is_not(address: str, place: str) -> None:
    with pytest.raises(ModelError) as caught:
        followed(address, place)
    assert "not encrypted" in caught.value.text.en


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_a_server_that_cannot_prove_who_it_is(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with FileServer(CONTENT, context=context) as server, pytest.raises(ModelError) as caught:
        fetch(published(f"https://localhost:{server.port}/file.onnx"))
    assert "prove" in caught.value.text.en
    assert server.requests == []
