"""A walk through every view of the real window, kept as pictures: for the README and for looking at it."""
