"""What each command does once its words are understood; `cli.py` holds the words, so that help comes at once.

Belongs here: what a person at a terminal sees. Stays out: everything that Dagster needs as well (`stages.py`).
"""
