"""`python -m pipelines`, and what the command `judgements` runs.

Belongs here: nothing but the way to the front door, `cli.py`.

A worker process begins by running again what the process that started it began with. This module has nothing to run,
so a worker is spared the libraries of the command line.
"""

import atexit
import gc


def main() -> None:
    """The console script."""
    from pipelines import cli

    # What is left at the end goes with the process: to look through all of it once more would take a tenth of a second.
    atexit.register(gc.freeze)
    cli.main()


if __name__ == "__main__":
    main()
