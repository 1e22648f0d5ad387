"""What makes a picture harder to see: applied to a source's frames before any lane gets them.

    harder = distort(frame, Distortions(rotation=30.0, brightness=-60.0))

`order.py` says in which order the effects follow each other, and why.
"""

from pipelines.distortions.order import distort
from pipelines.distortions.values import Distortions

__all__ = ["Distortions", "distort"]
