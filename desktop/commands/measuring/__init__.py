"""What `fusiform evaluate` measures of each kind of network."""
