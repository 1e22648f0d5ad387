"""The subcommands of `fusiform`, one file each."""
