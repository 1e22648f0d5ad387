"""`python -m desktop`, the same as `fusiform`."""

import sys

from desktop.main import main

if __name__ == "__main__":
    sys.exit(main())
