"""What `build.spec` asks when it packs the program into a folder; no part of the program itself."""
