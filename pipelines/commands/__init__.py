"""What each command does once its words are understood; `cli.py` holds the words, so that help comes at once."""
