"""The main window: bar, lanes, column, notices."""
