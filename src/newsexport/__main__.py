"""``python -m newsexport``, and the program itself.

Nothing of ours is imported before it is run: worker processes import the module of the program
again (`multiprocessing`, "Safe importing of main module"), and have no use for its options.
"""

import gc
import os

# For our processes. All cores have work of their own already; numpy would begin as many threads in
# each. And the C library of Linux would give the memory of each passage back to the system, to get it
# again for the next, a page at a time: a twentieth of a narration's work.
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_MMAP_THRESHOLD_": str(64 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(64 << 20),
}

# How many new objects have garbage looked for: what is loaded to begin with is none.
OBJECTS = 200_000


def main() -> None:
    """The entry point of the program."""
    for variable, value in ENVIRONMENT.items():
        os.environ.setdefault(variable, value)
    gc.set_threshold(OBJECTS)
    from newsexport.cli.app import main as run  # noqa: PLC0415 - as said above

    try:
        run()
    finally:
        gc.freeze()  # looking through all that ends with the process takes a tenth of a short run


if __name__ == "__main__":
    main()
