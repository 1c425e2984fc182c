"""`python -m pipelines`, and what the command `judgements` runs.

A worker process begins by running again what the process that started it began with. This module has nothing to run,
so a worker is spared the libraries of the command line.
"""


def main() -> None:
    """The console script."""
    import atexit
    import gc
    import io
    import sys

    from pipelines import cli

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that is not UTF-8 shows what it can
    atexit.register(gc.freeze)  # or what a build leaves is searched for cycles first: a fifth of a second
    cli.app(prog_name="judgements")


if __name__ == "__main__":
    main()
