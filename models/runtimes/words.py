"""What a person is told about where a network computes."""

from __future__ import annotations

from models.runtimes.device import DEVICES, DeviceName
from models.runtimes.remembered import Choice
from models.text import Text

MEASURING = Text(
    "It is being measured what computes fastest on this machine; until then the CPU does.",
    "このコンピュータで最も速い計算方法を測定しています。それまでは CPU で計算します。",
)
_TRYING = Text(
    "{device} is being tried; until it is ready the CPU computes.",
    "{device} を試しています。準備ができるまで CPU で計算します。",
)
_UNUSABLE = Text(
    "{device} cannot be used, so the CPU computes. {why}",
    "{device} は使えないため、CPU で計算しています。{why}",
)
_LOST = Text(
    "{device} failed while it ran, so the CPU goes on. {why} Choose the device again to try it once more.",
    "{device} が実行中に失敗したため、CPU で続けています。{why}"
    "もう一度試すには、計算装置を選び直してください。",
)
_SILENT = Text(
    "{device} does not answer; until it does the CPU goes on.",
    "{device} が応答しません。応答するまで CPU で続けます。",
)
_SLOW = Text(
    "{device} is too slow for this, so the CPU goes on. Choose the device again to try it once more.",
    "{device} では時間がかかりすぎるため、CPU で続けています。"
    "もう一度試すには、計算装置を選び直してください。",
)
_MEASURED = Text("Measured on this machine: {all}.", "このコンピュータでの測定結果：{all}。")
ABSENT = Text(
    "No device of this kind, or not the library that it needs, was found here.",
    "この種類の装置か、それに必要なライブラリが見つかりません。",
)
NO_TORCH = Text(
    "torch is not installed; “make install LEAN=0” adds it.",
    "torch がインストールされていません。「make install LEAN=0」で追加できます。",
)
NO_RUNTIME = Text(
    "Networks need ONNX Runtime or torch, and neither is installed; “make install LEAN=0” adds both.",
    "ネットワークには ONNX Runtime か torch が必要ですが、どちらもインストールされていません。"
    "「make install LEAN=0」で追加できます。",
)


def trying(device: DeviceName) -> Text:
    return _of(_TRYING, device)


def unusable(device: DeviceName, why: Text) -> Text:
    return _of(_UNUSABLE, device, why)


def lost(device: DeviceName, error: Exception) -> Text:
    return _of(_LOST, device, why(error))


def silent(device: DeviceName) -> Text:
    return _of(_SILENT, device)


def slow(device: DeviceName) -> Text:
    return _of(_SLOW, device)


def why(error: Exception) -> Text:
    """The cause of what a library raised, in a sentence."""
    from models.runtimes.compute import reason_of  # imports what starts processes

    return reason_of(f"{type(error).__name__}: {error}")


def measured(choice: Choice) -> Text:
    """The milliseconds of each, the fastest first."""
    ranked = sorted(choice.milliseconds.items(), key=lambda entry: entry[1])
    titles = {str(name): device.title for name, device in DEVICES.items()}
    en = ", ".join(f"{titles[name].en} {milliseconds:.1f} ms" for name, milliseconds in ranked)
    ja = "、".join(f"{titles[name].ja} {milliseconds:.1f} ms" for name, milliseconds in ranked)
    return Text(_MEASURED.en.format(all=en), _MEASURED.ja.format(all=ja))


def _of(text: Text, device: DeviceName, why: Text = ABSENT) -> Text:
    title = DEVICES[device].title
    return Text(text.en.format(device=title.en, why=why.en), text.ja.format(device=title.ja, why=why.ja))
