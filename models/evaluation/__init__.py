"""How well detectors do on labelled pictures."""
