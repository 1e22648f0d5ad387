"""What a person sees and touches: the window and the commands. The only layer that imports Qt."""
