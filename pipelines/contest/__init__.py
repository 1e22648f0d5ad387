"""Two detectors on the same frames: who finds what, how often, how fast, and how right."""
