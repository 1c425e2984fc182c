"""`python -m pipelines`, and what the command `judgements` runs.

A worker process begins by running again what the process that started it began with. This module has nothing to run,
so a worker is spared the libraries of the command line.
"""


def main() -> None:
    """The console script."""
    from pipelines import cli

    cli.app(prog_name="judgements")


if __name__ == "__main__":
    main()
