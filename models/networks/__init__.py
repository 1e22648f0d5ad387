"""Our networks, each in one readable file, and their weights in files."""
