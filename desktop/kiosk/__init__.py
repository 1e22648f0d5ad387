"""The program as an exhibit: what it shows, when, and what keeps it running. Nothing in here imports Qt."""
