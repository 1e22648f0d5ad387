"""The order of the distortions is the way of the light: from the scene through the lens to the file.

1. The bar is a thing in the scene, so it turns and shrinks with it.
2. Rotation and scale are how the camera is held and how far it is.
3. Blur is the lens: it smears what is there, not the errors that come later.
4. Resolution is how many pixels the sensor has; each averages what falls on it.
5. Light (negative, contrast, brightness) comes from the scene. Yet blur and averages give the same before
   and behind it, until a pixel is over- or underexposed; that happens in the sensor, so the light is
   reckoned here, where nothing is smeared after it was cut.
6. Noise is made by the sensor, whatever the light is: in a dim picture it drowns more.
7. JPEG packs all of it, the noise too.
"""

from __future__ import annotations

from msgspec.structs import replace

from pipelines.distortions import geometry, sensor
from pipelines.distortions.bar import covered
from pipelines.distortions.jpeg import packed
from pipelines.distortions.lens import blurred
from pipelines.distortions.light import lit
from pipelines.distortions.values import Distortions
from pipelines.frame import Frame


def distort(frame: Frame, distortions: Distortions) -> Frame:
    """`frame` with all distortions, in the same size; the same object where none has an effect.

    Truth boxes follow the picture. The noise depends on the frame's number and size alone: a frame gives
    the same again.
    """
    if distortions.neutral:
        return frame
    d = distortions
    image = covered(frame.image, d.bar, d.bar_position)
    image = geometry.moved(image, d.rotation, d.scale)
    image = blurred(image, d.blur)
    image = sensor.coarse(image, d.resolution)
    image = lit(image, d.contrast, d.brightness, d.invert)
    image = sensor.noisy(image, d.noise, frame.number)
    image = packed(image, d.jpeg)
    image.flags.writeable = False
    truth = geometry.moved_truth(frame.truth, frame.size, d.rotation, d.scale)
    return replace(frame, image=image, truth=truth)
