"""What can go wrong with a fetch, in words for the person who asked for it."""

from __future__ import annotations

from urllib.parse import urlsplit

from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)

from models.errors import ModelError
from models.files import reason


class CancelledFetchError(ModelError):
    """The person thought better of it."""

    def __init__(self) -> None:
        super().__init__(
            "The fetch was cancelled; what has come is kept, and the next one goes on from there.",
            "取得を中止しました。受信した分は残してあり、次回はその続きから始めます。",
        )


class CutError(ModelError):
    """The connection ended before the file did: trying again goes on from there."""


def of_connection(error: HTTPError, address: str) -> ModelError:
    """Why this address gave no answer, or an answer that broke off."""
    host = urlsplit(address).hostname or address
    match error:
        case SSLError():
            return ModelError(
                f"{host} could not prove that it is {host}; a login page of this network may stand between.",
                f"{host} の証明書を確認できません。"
                "ネットワークのログイン画面が間に入っている可能性があります。",
            )
        case ProxyError():
            return ModelError(
                f"The proxy of this network did not let us through to {host}.",
                f"このネットワークのプロキシ経由で {host} に接続できませんでした。",
            )
        case ConnectTimeoutError() | NewConnectionError() | NameResolutionError():
            return ModelError(
                f"{host} cannot be reached; look whether this machine is connected to the internet.",
                f"{host} に接続できません。インターネットにつながっているか確認してください。",
            )
        case ReadTimeoutError():
            return CutError(
                f"{host} has stopped answering; try again later.",
                f"{host} が応答しなくなりました。しばらくしてからもう一度お試しください。",
            )
    return cut(host)


def cut(host: str) -> CutError:
    return CutError(
        f"The connection to {host} broke off; fetching again goes on from there.",
        f"{host} との接続が切れました。もう一度取得すると、その続きから始めます。",
    )


def too_slow(host: str) -> CutError:
    return CutError(
        f"{host} sends too slowly; fetching again goes on from there.",
        f"{host} からの受信が遅すぎます。もう一度取得すると、その続きから始めます。",
    )


def of_status(status: int, address: str) -> ModelError:
    host = urlsplit(address).hostname
    if status in (404, 410):
        return ModelError(
            f"The file is no longer at its address on {host}.",
            f"ファイルは {host} の元の場所にもうありません。",
        )
    return ModelError(
        f"{host} refused to give the file (HTTP {status}); try again later.",
        f"{host} がファイルの送信を拒否しました（HTTP {status}）。しばらくしてからもう一度お試しください。",
    )


def of_length(announced: int, size: int, address: str) -> ModelError:
    """The server has something else, as it says itself."""
    host = urlsplit(address).hostname
    return ModelError(
        f"{host} offers another file: {announced:,} bytes instead of {size:,}. Nothing was installed; "
        "a login page of this network may stand between.",
        f"{host} のファイルは大きさが違います（{size:,} バイトのはずが {announced:,} バイト）。"
        "インストールしていません。ネットワークのログイン画面が間に入っている可能性があります。",
    )


def too_long(size: int, address: str) -> ModelError:
    host = urlsplit(address).hostname
    return ModelError(
        f"{host} sent more than the {size:,} bytes of the file. Nothing was installed.",
        f"{host} から本来の {size:,} バイトを超えるデータが届きました。インストールしていません。",
    )


def wrong_content(address: str) -> ModelError:
    host = urlsplit(address).hostname
    return ModelError(
        f"What {host} sent is not the file that the catalogue means (its checksum differs). "
        "Nothing was installed.",
        f"{host} から届いたファイルはカタログのものと一致しません（チェックサムが違います）。"
        "インストールしていません。",
    )


def lost(address: str) -> ModelError:
    host = urlsplit(address).hostname
    return ModelError(
        f"{host} sends from one address to the next without end.",
        f"{host} の転送が終わりません（リダイレクトが多すぎます）。",
    )


def unsafe(place: str) -> ModelError:
    return ModelError(
        f"The server sends to an address that is not encrypted ({place}); it was not followed.",
        f"サーバーが暗号化されていないアドレス（{place}）へ転送しようとしたため、中止しました。",
    )


def no_room(needed: int, free: int, folder: object) -> ModelError:
    return ModelError(
        f"There is not enough room in {folder}: {needed:,} bytes are needed, {free:,} are free.",
        f"{folder} の空き容量が足りません（必要 {needed:,} バイト、空き {free:,} バイト）。",
    )


def of_disk(error: OSError, folder: object) -> ModelError:
    why = reason(error)
    return ModelError(
        f"The network could not be written to {folder}: {why.en}.",
        f"ネットワークを {folder} に保存できませんでした（{why.ja}）。",
    )
