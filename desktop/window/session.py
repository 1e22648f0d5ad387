"""What is open now: the studio, the scene it plays, and the road between the two.

Everything the window can do is a method here; everything it must show is a signal.
"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal

from desktop.window.opener import Opener
from desktop.window.waker import Waker
from models.text import Text
from pipelines.distortions import Distortions
from pipelines.engine.lane import Lane
from pipelines.engine.studio import Studio
from pipelines.engine.view import Viewport
from pipelines.intensity import Line
from pipelines.parameters import Parameters
from pipelines.registry import find
from pipelines.scene import LaneScene, Layout, Scene
from pipelines.sources.address import scheme
from pipelines.sources.nothing import Nothing
from pipelines.sources.source import Adjustable, Drawable, Playable, Source

DEMO = "demo:"
FIRST_LANES = ("dog", "original", "canny", "haar-faces")
"""What a new lane shows, in the order in which lanes are added."""


class Session(QObject):
    """One studio and what a person has asked of it. Lives on the window's thread."""

    outcome = Signal(object, object)
    """(Lane, Outcome): something new to paint."""
    news = Signal(object)
    """Live, NoSignal, End or Broken: how the source is doing."""
    source_changed = Signal()
    source_adjusted = Signal()
    lanes_changed = Signal()
    changed = Signal()
    """Frozen, lock-step, mirror or the layout."""
    distortions_changed = Signal()
    profile_changed = Signal()
    trouble_changed = Signal(object)
    """A `Text`: the distortions fail on this picture, and why; `None` when they do not any more."""
    refused = Signal(object)
    """A `Text`: something that was asked for cannot be done; nothing has changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waker = Waker(self)
        self._waker.woken.connect(self._collect)
        self.studio = Studio(self._waker.wake)
        self._opener = Opener(self.show, lambda error: self.refused.emit(error.text), self)
        self._layout: Layout = 1
        self._mirrored = {True: True, False: False}
        self._trouble: Text | None = None
        self._profile: Line | None = None

    # --- scenes

    def play(self, scene: Scene) -> bool:
        """Bring everything to `scene`; without lanes in it, to one lane with the first pipeline.

        False, and nothing is changed, where its source is refused at once.
        """
        if scene.source and not self.open(scene.source):
            return False
        lanes = scene.lanes or (_first(0),)
        self._layout = _room(scene.layout if scene.lanes else 1, len(lanes))
        for lane in self.studio.lanes[len(lanes) :]:
            self.studio.remove(lane)
        for number, wanted in enumerate(lanes):
            self._put(number, wanted)
        self.set_layout(self._layout)
        self.studio.lock_step = scene.lock_step
        self.distort(scene.distortions)
        self.draw_profile(scene.profile)
        if scene.mirror is not None:
            self.set_mirror(scene.mirror)
        self.changed.emit()
        return True

    def scene(self) -> Scene:
        """What is on screen now."""
        source = self.studio.source
        return Scene(
            source=source.address if source else "",
            layout=self._layout,
            lock_step=self.studio.lock_step,
            mirror=self.mirror,
            lanes=tuple(LaneScene(lane.pipeline, lane.parameters) for lane in self.studio.lanes),
            distortions=self.studio.distortions,
            profile=self._profile,
        )

    # --- the source

    @property
    def source(self) -> Source | None:
        return self.studio.source

    @property
    def playable(self) -> Playable | None:
        """The source, where one can go to a place in it."""
        source = self.studio.source
        return source if isinstance(source, Playable) else None

    def open(self, address: str) -> bool:
        """Play from `address`; where it cannot be opened the former source goes on.

        False where that is known at once; a slow one is waited for beside the window.
        """
        return self._opener.open(address)

    def show(self, source: Source) -> None:
        """Play from a source that is open already."""
        self._opener.cancel()
        self.studio.open(source)
        self.source_changed.emit()
        self.changed.emit()

    def rest(self) -> None:
        """Let the source go; nothing plays."""
        self.show(Nothing())

    @property
    def adjustable(self) -> Adjustable | None:
        """The source, where a person sets it while it plays."""
        source = self.studio.source
        return source if isinstance(source, Adjustable) else None

    @property
    def drawable(self) -> Drawable | None:
        """The source, where a person draws it."""
        source = self.studio.source
        return source if isinstance(source, Drawable) else None

    def adjust(self, **values: object) -> None:
        """Set parameters of the source, which plays on."""
        if adjustable := self.adjustable:
            adjustable.adjust(**values)
            self.source_adjusted.emit()

    @property
    def distortions(self) -> Distortions:
        """What is done to its picture before any lane gets it."""
        return self.studio.distortions

    def distort(self, distortions: Distortions) -> None:
        if distortions != self.studio.distortions:
            self.studio.distortions = distortions
            self.distortions_changed.emit()

    def undistort(self) -> None:
        """The picture as it came."""
        self.distort(Distortions())

    @property
    def profile(self) -> Line | None:
        """Where the line profile is taken."""
        return self._profile

    def draw_profile(self, line: Line | None) -> None:
        """Take the line profile here; `None`: no more."""
        if line != self._profile:
            self._profile = line
            self.profile_changed.emit()

    # --- lanes

    def choose(self, lane: Lane, name: str) -> None:
        """Another pipeline in this lane, with its default parameters."""
        if name != lane.pipeline.name:
            self.studio.replace(lane, find(name))
            self.lanes_changed.emit()

    def set_parameters(self, lane: Lane, parameters: Parameters) -> None:
        self.studio.set_parameters(lane, parameters)

    def set_viewport(self, lane: Lane, viewport: Viewport) -> None:
        self.studio.set_viewport(lane, viewport)

    @property
    def layout(self) -> Layout:
        return self._layout

    def set_layout(self, layout: Layout) -> None:
        """1, 2 or 4 lanes; those that stay are not disturbed."""
        self._layout = layout
        for lane in self.studio.lanes[layout:]:
            self.studio.remove(lane)
        for number in range(len(self.studio.lanes), layout):
            self._put(number, _first(number, {lane.pipeline.name for lane in self.studio.lanes}))
        self.lanes_changed.emit()
        self.changed.emit()

    # --- how it runs

    @property
    def frozen(self) -> bool:
        return self.studio.frozen

    def freeze(self, frozen: bool) -> None:
        self.studio.freeze(frozen)
        self.changed.emit()

    def step(self, frames: int) -> None:
        """Freeze if it is not frozen, then go on (or back) by frames."""
        if not self.studio.frozen:
            self.studio.freeze(True)
            self.changed.emit()
        self.studio.step(frames)

    @property
    def lock_step(self) -> bool:
        return self.studio.lock_step

    def set_lock_step(self, wanted: bool) -> None:
        self.studio.lock_step = wanted
        self.changed.emit()

    @property
    def mirror(self) -> bool:
        """Whether the view is mirrored: remembered for cameras and for everything else apart."""
        return self._mirrored[self._is_camera()]

    def set_mirror(self, mirror: bool) -> None:
        self._mirrored[self._is_camera()] = mirror
        self.changed.emit()

    def remember_mirror(self, cameras: bool, others: bool) -> None:
        """What was chosen last time."""
        self._mirrored = {True: cameras, False: others}

    def mirrors(self) -> tuple[bool, bool]:
        """(for cameras, for everything else)."""
        return self._mirrored[True], self._mirrored[False]

    def close(self) -> None:
        """End every thread; nothing is emitted afterwards. May be called twice."""
        self.blockSignals(True)
        self._opener.cancel()
        self.studio.close()

    # --- inside

    def _collect(self) -> None:
        while (news := self.studio.news()) is not None:
            self.news.emit(news)
        if (trouble := self.studio.trouble) != self._trouble:
            self._trouble = trouble
            self.trouble_changed.emit(trouble)
        for lane, outcome in self.studio.collect():
            self.outcome.emit(lane, outcome)

    def _put(self, number: int, wanted: LaneScene) -> None:
        lanes = self.studio.lanes
        if number == len(lanes):
            self.studio.add(wanted.pipeline, wanted.parameters)
        elif lanes[number].pipeline is wanted.pipeline:
            self.studio.set_parameters(lanes[number], wanted.parameters)
        else:
            self.studio.replace(lanes[number], wanted.pipeline, wanted.parameters)

    def _is_camera(self) -> bool:
        source = self.studio.source
        return source is not None and scheme(source.address) == "camera"


def _room(layout: Layout, lanes: int) -> Layout:
    """The layout, or the next larger one that has room for all lanes."""
    if lanes <= layout:
        return layout
    return 2 if lanes <= 2 else 4


def _first(number: int, taken: Collection[str] = ()) -> LaneScene:
    """What the lane in this place shows first: something that no other lane shows."""
    name = next((name for name in FIRST_LANES if name not in taken), FIRST_LANES[number])
    pipeline = find(name)
    return LaneScene(pipeline, pipeline.parameters())
