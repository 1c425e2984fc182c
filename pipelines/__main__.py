"""`python -m pipelines`, and what the command `judgements` runs.

A worker process begins by running again what the process that started it began with. This module has nothing to run,
so a worker is spared the libraries of the command line.
"""


def main() -> None:
    """The console script."""
    import atexit
    import gc

    from pipelines import cli
    from pipelines.commands.terminal import close_streams, open_streams

    open_streams()
    atexit.register(gc.freeze)  # or what a build leaves is searched for cycles first: a fifth of a second
    try:
        cli.app(prog_name="judgements")
    finally:
        close_streams()


if __name__ == "__main__":
    main()
