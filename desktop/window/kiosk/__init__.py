"""The window of an exhibit: stations, and nothing that leads out of them."""
