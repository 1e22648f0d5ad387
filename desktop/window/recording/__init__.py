"""Recording what is on screen."""
