"""The stress test in the window: one frozen frame, two detectors, one distortion that grows."""
