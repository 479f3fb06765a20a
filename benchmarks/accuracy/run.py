"""Read the documents of all answer keys and print how well they were read: what ``daumoi score`` does.

.venv/bin/python -m benchmarks.accuracy.run [--errors] [--format json] [KEY…]
"""

import sys

from server.cli import main

if __name__ == "__main__":
    main(["score", *sys.argv[1:]])
