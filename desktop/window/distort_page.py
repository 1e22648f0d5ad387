"""What is done to the picture before any lane gets it; stands where the column stands otherwise."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.language import N_, _
from desktop.window.side_page import SidePage
from pipelines.distortions import Distortions


class DistortPage(SidePage):
    """Passive: shows a set of distortions and reports edits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(N_("For all lanes"), parent)
        self.retranslate()
        self.restyle()

    def show_distortions(self, distortions: Distortions) -> None:
        """Show these without reporting them."""
        self.panel.show_parameters(distortions)

    def retranslate(self) -> None:
        self.say(
            _("Distortions"),
            _("Every lane gets the picture changed like this. What a method cannot stand is seen at once."),
            _("Close the distortions"),
        )
