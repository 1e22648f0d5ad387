"""How pictures and marks are painted: the same in the window, a snapshot, a recording and a file."""
