"""Benchmarks: what ``docs`` and README promise of speed, measured side by side in one run (``make bench``)."""
