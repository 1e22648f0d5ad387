"""LeNet-5: what is done to digits before it sees them."""
