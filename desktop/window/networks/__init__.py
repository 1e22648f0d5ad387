"""The page of the networks that are here or could be, and what is done from there."""
