"""Why a network camera gives no pictures, in words that never show a password."""

from __future__ import annotations

import av

from models.text import Text


def silent(camera: str) -> Text:
    return _said(camera, "does not answer.", "から応答がありません。")


def explained(camera: str, error: Exception) -> Text:
    """The sentence for an error of a connection; FFmpeg's own words hold the whole address."""
    match error:
        case av.HTTPUnauthorizedError() | av.HTTPForbiddenError():
            return _said(
                camera,
                "refuses the name or the password.",
                "が、ユーザー名またはパスワードを受け付けません。",
            )
        case av.HTTPClientError():
            return _said(camera, "knows no such stream.", "に該当するストリームがありません。")
        case av.ExitError() | TimeoutError():
            return silent(camera)
        case av.InvalidDataError() | av.EOFError() | LookupError():
            return _said(
                camera,
                "sends nothing that this program can show.",
                "から、このプログラムで表示できる映像が届きません。",
            )
    return _said(
        camera,
        "cannot be reached. Is the address right, and the camera on?",
        "に接続できません。アドレスとカメラの電源を確認してください。",
    )


def _said(camera: str, en: str, ja: str) -> Text:
    return Text(f"“{camera}” {en} It is tried again by itself.", f"「{camera}」{ja}自動的に再試行します。")
