"""Why a camera gives no pictures, in words."""

from __future__ import annotations

from enum import Enum

from models.text import Text


class Trouble(Enum):
    """What is wrong with a camera; the value says it, with `{camera}` for the one that is meant."""

    NO_CAMERA = Text(
        "No camera was found. Plug one in and it appears by itself, or choose another source.",
        "カメラが見つかりません。接続すると自動的に表示されます。別の入力を選ぶこともできます。",
    )
    GONE = Text(
        "{camera} is not connected. Plug it in and its picture comes back by itself.",
        "{camera}が接続されていません。接続すると映像は自動的に戻ります。",
    )
    REFUSED = Text(
        "{camera} cannot be opened: another program may be using it, or the system does not allow it. "
        "Close the other program or allow the camera in the system's privacy settings; "
        "it is tried again by itself.",
        "{camera}を開けません。ほかのプログラムが使用中か、システムで許可されていない可能性があります。"
        "ほかのプログラムを終了するか、システムのプライバシー設定でカメラを許可してください。自動的に再試行します。",
    )
    OPENING = Text(
        "{camera} is being opened; some take a few seconds.",
        "{camera}を開いています。数秒かかることがあります。",
    )
    SILENT = Text(
        "{camera} sends no pictures. Check its cable; it comes back by itself.",
        "{camera}から映像が届きません。ケーブルを確認してください。復旧すると自動的に戻ります。",
    )
    FROZEN = Text(
        "{camera} repeats one and the same picture. It is being started again; "
        "if that does not help, unplug it and plug it in.",
        "{camera}が同じ画像を繰り返しています。再起動を試みています。"
        "直らない場合は、いったん抜いて接続し直してください。",
    )
    BLACK = Text(
        "{camera} sends only black. Open its lens cover, or close another program that may be using it.",
        "{camera}の映像が真っ黒です。レンズカバーを開けるか、使用中のほかのプログラムを終了してください。",
    )
    HANGING = Text(
        "{camera} does not answer. The program goes on waiting; if this lasts, unplug it and plug it in.",
        "{camera}が応答しません。応答を待っています。続く場合は、いったん抜いて接続し直してください。",
    )

    def said(self, name: str) -> Text:
        """The sentence about the camera of this name; `""` is one whose name is not known."""
        en, ja = (f"The camera “{name}”", f"カメラ「{name}」") if name else ("The camera", "カメラ")
        return Text(self.value.en.format(camera=en), self.value.ja.format(camera=ja))
