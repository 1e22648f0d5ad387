"""What health tells: one report as JSON for people and scripts, and as text for Prometheus.

Source: the Prometheus text format, version 0.0.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from desktop.kiosk.report import Report
from pipelines.sources.network_address import without_secrets

JSON = "application/json; charset=utf-8"
PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
DIGITS = 3
"""Of seconds, megabytes and degrees behind the point."""
MEGABYTE = 1_000_000

Label = tuple[str, object]
Sample = tuple[Sequence[Label], float]


def health(report: Report) -> bytes:
    """The fields of `Report`; times in ISO 8601 with the zone of the machine."""
    restarts = tuple(
        replace(one, at=one.at.astimezone().replace(microsecond=0)) for one in report.newest_restarts
    )
    fields = msgspec.to_builtins(replace(report, newest_restarts=restarts, source=_source(report)))
    return msgspec.json.format(msgspec.json.encode(_rounded(fields)), indent=2) + b"\n"


def metrics(report: Report) -> bytes:
    """Every number of the report; what is not known has no sample."""
    return "".join(_lines(report)).encode("utf-8", "replace")


def _lines(report: Report) -> Iterator[str]:
    counts = report.counts
    lanes = [(("lane", number), ("pipeline", lane.pipeline)) for number, lane in enumerate(report.lanes)]
    yield from _metric("healthy", "Whether nothing is wrong.", _one(report.healthy))
    yield from _metric("uptime_seconds", "Since the supervisor began.", _one(report.uptime))
    yield from _metric("window_uptime_seconds", "Since the window process began.", _one(report.window_uptime))
    yield from _metric("mode", "What the exhibit does now.", [((("mode", report.mode),), 1)])
    yield from _metric("station", "The station that is shown, from 0.", _one(report.station))
    yield from _metric("plain", "Whether the plain kiosk has taken over.", _one(report.plain))
    yield from _metric("source", "Where the pictures come from.", [((("address", _source(report)),), 1)])
    yield from _metric("live", "Whether the kiosk's own source gives pictures.", _one(report.live))
    yield from _metric("frame_age_seconds", "Since the newest frame was captured.", _one(report.age))
    fps = [(labels, lane.fps) for labels, lane in zip(lanes, report.lanes, strict=True)]
    yield from _metric("lane_frames_per_second", "Pictures on screen.", fps)
    silent = [(labels, lane.silent) for labels, lane in zip(lanes, report.lanes, strict=True)]
    yield from _metric("lane_silent_seconds", "Since a lane began with a frame it has not finished.", silent)
    yield from _metric("restarts_total", "Of the window process.", _one(report.restarts), kind="counter")
    yield from _metric(
        "memory_bytes", "Of the window process and its children.", _one(report.megabytes * MEGABYTE)
    )
    yield from _metric("threads", "Of the window process.", _one(report.threads))
    yield from _metric("handles", "Files, pipes and sockets of the window process.", _one(report.handles))
    yield from _metric("temperature_celsius", "Of the processor.", _one(report.temperature))
    yield from _metric("today_visits", "Visits of this day.", _one(counts.visits))
    yield from _metric("today_visit_seconds", "All visits of this day together.", _one(counts.minutes * 60))
    yield from _metric("today_faces", "The most faces at once on this day.", _one(counts.faces))
    chosen = [((("station", number),), times) for number, times in enumerate(counts.stations)]
    yield from _metric("today_station_choices", "How often each station was chosen on this day.", chosen)


def _source(report: Report) -> str:
    """Without name and password of a network camera."""
    scheme, network, _ = report.source.partition("://")
    return f"{scheme}://{without_secrets(report.source)}" if network else report.source


def _one(value: float | None) -> list[Sample]:
    return [] if value is None else [((), value)]


def _metric(name: str, meaning: str, samples: Sequence[Sample], kind: str = "gauge") -> Iterator[str]:
    if not samples:
        return
    name = f"fusiform_{name}"
    yield f"# HELP {name} {meaning}\n# TYPE {name} {kind}\n"
    for labels, value in samples:
        yield f"{name}{_labels(labels)} {float(value):.12g}\n"


def _labels(labels: Sequence[Label]) -> str:
    written = ",".join(f'{name}="{_escaped(str(value))}"' for name, value in labels)
    return f"{{{written}}}" if written else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


def _rounded(value: Any) -> Any:
    match value:
        case float():
            return round(value, DIGITS)
        case dict():
            return {name: _rounded(one) for name, one in value.items()}
        case list() | tuple():
            return [_rounded(one) for one in value]
    return value
