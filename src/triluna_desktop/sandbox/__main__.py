"""`python -m triluna_desktop.sandbox`: the server alone, with the arguments of `triluna-desktop sandbox`."""

from __future__ import annotations

import argparse
import sys

from triluna_desktop.sandbox import add_arguments, main

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m triluna_desktop.sandbox", description=__doc__)
    add_arguments(parser)
    sys.exit(main(parser.parse_args()))
