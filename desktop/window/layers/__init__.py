"""The layers of a network, under the pictures."""
