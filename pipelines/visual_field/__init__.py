"""The field that stimuli are drawn in: its measures, windows in it, and the parameters they share."""
