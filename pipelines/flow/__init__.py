"""Where points go from one frame to the next."""
