"""Demo: a year's requests made up from invented texts, filled into real forms, delivered, and walked through.

In: the register, a number of requests and a seed. Out: a workspace in which every step has been taken once.
Never: reads a clock, or says anything of a real child, school or sum; the same seed gives the same bytes.
"""
