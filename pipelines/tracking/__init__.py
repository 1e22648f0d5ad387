"""Which find of this frame is which of the last one: motion, matching, and what is counted from it."""
