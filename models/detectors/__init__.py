"""Face detectors: how the outputs of different networks are read, and one way to ask all of them."""
