"""The pictures of a video file with their true times."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path

import av
from av.format import Flags
from av.stream import Disposition
from msgspec import Struct

from models.errors import SourceError

LOCAL = {"protocol_whitelist": "file,crypto,data"}
"""A playlist in a file may not make the program connect anywhere."""
TEXT_FORMATS = ("tty", "subviewer", "srt", "ass", "webvtt")
"""What FFmpeg takes a text file for; it would paint the letters."""
ASSUMED_RATE = 25.0
LEAD = 10.0
"""Seconds before the first picture that are sought to begin again: decoding begins before showing."""
LARGE = 1280 * 720
"""Pixels above which a second decoding thread is worth its delay."""


class Picture(Struct, frozen=True, eq=False):
    """One decoded, not yet converted picture; `moment` is its time of showing in seconds from 0."""

    frame: av.VideoFrame
    moment: float


class Clip:
    """An open video file. Not for two threads at once."""

    def __init__(self, path: Path) -> None:
        """Read the head of the file.

        Raises:
            SourceError: it does not exist, cannot be read, or holds no video.
        """
        self._path = path
        self._waiting: deque[av.VideoFrame] = deque()
        self._last: float | None = None
        self._packets: Iterator[av.Packet] = iter(())
        self._open()
        stream = self._stream
        self.rate = float(stream.average_rate or stream.guessed_rate or ASSUMED_RATE)
        """Frames a second; the mean where it varies."""
        self.size: tuple[int, int] = (stream.codec_context.width, stream.codec_context.height)
        self.length = max(1, stream.frames or round(self._seconds() * self.rate))
        """How many pictures there should be, as far as the file says."""

    def next(self) -> Picture | None:
        """The next picture; `None` at the end, and where the file breaks off.

        Raises:
            OSError: the file cannot be read any more.
        """
        while not self._waiting:
            try:
                packet = next(self._packets)
            except (StopIteration, EOFError, av.InvalidDataError):
                return None
            try:
                self._waiting.extend(self._stream.codec_context.decode(packet))
            except (av.FFmpegError, EOFError):
                continue  # one damaged packet is not the end
        return self._timed(self._waiting.popleft())

    def seek(self, moment: float) -> None:
        """Go on from a picture that can be decoded by itself, at or before `moment` as a rule."""
        self._waiting.clear()
        self._last = None
        if self._container.format.flags & Flags.no_timestamps.value:
            self._open_again()
            return
        seconds = moment if moment > 0 else -LEAD
        try:
            self._container.seek(self._offset(seconds), stream=self._stream, backward=True)
            self._packets = self._container.demux(self._stream)
        except av.FFmpegError:
            self._open_again()

    def key_before(self, moment: float) -> float | None:
        """When the last picture at or before `moment` comes that can be decoded by itself, if known."""
        entries = self._stream.index_entries
        found = entries.search_timestamp(self._offset(moment), backward=True)
        if found < 0:
            return None
        return float((entries[found].timestamp - self._start) * self._stream.time_base)

    def hurry(self, hurried: bool) -> None:
        """Leave out the pictures that no other picture needs, or decode all again."""
        self._stream.codec_context.skip_frame = "NONREF" if hurried else "DEFAULT"

    def is_current(self) -> bool:
        """False once the file has been taken away, replaced or written on."""
        try:
            return self._version == _version(self._path)
        except OSError:
            return False

    def close(self) -> None:
        self._waiting.clear()
        self._packets = iter(())
        self._container.close()

    def _offset(self, moment: float) -> int:
        """In the file's own unit and from its own zero."""
        return round(moment / float(self._stream.time_base)) + int(self._start)

    def _open_again(self) -> None:
        self.close()
        try:
            self._open()
        except SourceError as error:
            raise OSError(str(error)) from error

    def _open(self) -> None:
        try:
            self._version = _version(self._path)
            self._container = av.open(str(self._path), options=LOCAL)
        except FileNotFoundError:
            raise _refused(self._path, "does not exist", "が見つかりません") from None
        except IsADirectoryError:
            raise _refused(self._path, "is a folder, not a video", "は動画ではなくフォルダーです") from None
        except PermissionError:
            raise _refused(self._path, "may not be read", "を読み込む権限がありません") from None
        except (av.FFmpegError, OSError, ValueError):
            raise _no_video(self._path) from None
        self._stream = self._chosen()
        self._start = self._stream.start_time or 0
        self._packets = self._container.demux(self._stream)

    def _chosen(self) -> av.VideoStream:
        """The video in the file; the cover of a piece of music is none."""
        streams = [
            stream
            for stream in self._container.streams.video
            if stream.codec_context is not None and not stream.disposition & Disposition.attached_pic
        ]
        if not streams or self._container.format.name in TEXT_FORMATS:
            sound = bool(self._container.streams.audio)
            self._container.close()
            raise _only_sound(self._path) if sound else _no_video(self._path)
        context = streams[0].codec_context
        large = context.width * context.height > LARGE
        context.thread_type, context.thread_count = ("AUTO", 2) if large else ("NONE", 1)
        return streams[0]

    def _seconds(self) -> float:
        """How long the file says it lasts; where it does not say, its packets are counted through."""
        stream, container = self._stream, self._container
        if stream.duration is not None:
            return float(stream.duration * stream.time_base)
        if container.duration is not None:
            return float(container.duration / av.time_base)
        unit = stream.time_base
        times = [packet.pts for packet in self._packets if packet.size]
        self.seek(0.0)
        ends = [time for time in times if time is not None]
        return float((max(ends) - self._start) * unit) + 1 / self.rate if ends else len(times) / self.rate

    def _timed(self, frame: av.VideoFrame) -> Picture:
        """With its own time, or one frame behind the last where it has none."""
        if frame.pts is not None:
            moment = float((frame.pts - self._start) * self._stream.time_base)
        else:
            moment = 0.0 if self._last is None else self._last + 1 / self.rate
        self._last = moment
        return Picture(frame, moment)


def _version(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def _refused(path: Path, en: str, ja: str) -> SourceError:
    return SourceError(f"“{path.name}” {en}.", f"「{path.name}」{ja}。")


def _no_video(path: Path) -> SourceError:
    return _refused(
        path,
        "is not a video that this program can play, or it is damaged",
        "はこのプログラムで再生できる動画ではないか、壊れています",
    )


def _only_sound(path: Path) -> SourceError:
    return _refused(path, "holds sound only, no pictures", "には音声だけで映像がありません")
