"""What starts the exhibit together with the machine: a file of the operating system for each of the three."""
