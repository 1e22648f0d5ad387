"""The inside of a cascade, over the picture of its lane."""
