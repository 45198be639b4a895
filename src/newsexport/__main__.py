"""``python -m newsexport``, and the program itself.

Nothing is imported before it is run: worker processes import the module of the program
again (`multiprocessing`, "Safe importing of main module"), and have no use for its options.
"""


def main() -> None:
    """The entry point of the program."""
    from newsexport.cli.app import main as run  # noqa: PLC0415 - as said above

    run()


if __name__ == "__main__":
    main()
