"""The cases of `fusiform bench`: each measures the program against what one would use instead."""
