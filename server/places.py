"""Where things are: the checkout's folders, as this application runs from its checkout."""

from pathlib import Path

SERVER = Path(__file__).resolve().parent
CHECKOUT = SERVER.parent
DOCUMENTS = CHECKOUT / "documents"
"""The documents that ``make serve`` reads."""
CORRECTIONS = DOCUMENTS / "corrections.csv"
"""What people corrected in what was read; ``DAUMOI_CORRECTIONS`` names another table."""
ANSWER_KEYS = CHECKOUT / "benchmarks" / "accuracy"
"""The answer keys that ``daumoi score`` scores against: ``keys/`` and ``invented/``."""
HOME = CHECKOUT / "data"
"""Where releases are kept unless ``--home`` or ``DAUMOI_HOME`` says otherwise."""
ASSETS = SERVER / "assets"
STATIC = SERVER / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = SERVER / "templates"
CATALOGUES = SERVER / "catalogues"
