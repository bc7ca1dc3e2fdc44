"""What the site writes into its log, in the form for machines."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from logging.config import DictConfigurator
from typing import Any

from portal import logs


@contextmanager
def logged() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Gives a function that reads back the lines written until it is called."""
    configuration = logs.configuration("json")
    formatter = DictConfigurator(configuration).configure_formatter(
        configuration["formatters"]["event"]
    )
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter)
    logging.getLogger().addHandler(handler)
    try:
        yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    finally:
        logging.getLogger().removeHandler(handler)
