"""Contract: pandera, by which a batch is held to what is declared; loaded without what only other uses of it want."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pandas as pd
from pandas.api.types import pandas_dtype

from cluster_sheets.reading.frames import DATE_TYPE, FIGURE_TYPE, TEXT_TYPE


@contextmanager
def _without(library: str) -> Iterator[None]:
    """Lets nobody load a library meanwhile, where it is not loaded already."""
    absent = library not in sys.modules
    if absent:
        sys.modules[library] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if absent:
            del sys.modules[library]


# Where hypothesis is installed pandera loads it, to make up data for tests: a third of what pandera itself costs.
with _without("hypothesis"):
    import pandera.pandas as pa
    from pandera.engines.pandas_engine import Engine
    from pandera.errors import SchemaErrors

    pa.DataFrameSchema.register_default_backends(pd.DataFrame)

# Types as we and as columns name them: else pandera looks for geopandas on the disk, at each column of each batch.
for name in (TEXT_TYPE, DATE_TYPE, FIGURE_TYPE, "bool"):
    Engine.register_dtype(type(Engine.dtype(name)), equivalents=[name, pandas_dtype(name)])

__all__ = ["SchemaErrors", "pa"]
