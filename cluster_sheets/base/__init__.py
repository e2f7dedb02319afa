"""Base: the nouns, money, dates, cells and findings that every other room speaks of.

In: plain values. Out: plain values.
Never: touches a file, a clock, a random source or a screen.
"""
