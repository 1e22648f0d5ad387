"""Scenes one after another, as a lecturer needs them."""
