"""The object network: what is done to photographs before it sees them."""
