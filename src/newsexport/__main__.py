"""``python -m newsexport``, and the program itself.

Nothing of ours is imported before it is run: worker processes import the module of the program
again (`multiprocessing`, "Safe importing of main module"), and have no use for its options.
"""

import os

# All cores have work of their own already; numpy would begin as many threads in each of our processes.
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> None:
    """The entry point of the program."""
    for variable in ONE_THREAD:
        os.environ.setdefault(variable, "1")
    from newsexport.cli.app import main as run  # noqa: PLC0415 - as said above

    run()


if __name__ == "__main__":
    main()
