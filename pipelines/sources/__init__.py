"""Where frames come from, one file a source."""
