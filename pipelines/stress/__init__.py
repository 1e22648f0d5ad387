"""How much of a distortion two detectors stand: one distortion swept, both looked at at each strength."""
