"""What each command does; `cli.py` has the options, so that help comes at once."""
