"""Drawing: what a hand does on a picture, the toolbar of the canvas, and the pad where no picture is one."""
