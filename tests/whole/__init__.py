"""Proofs over the whole product: what it promises, walked from end to end on a demo or an inbox of its own."""
