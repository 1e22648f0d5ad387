"""The face detector: pictures, what is done to them, what is asked of the network, the training itself."""
