"""Corpus: invented texts such as schools write, each with labels, and a score of how well they are anonymised.

Sets that share no sentence of their own and no name, by several hands. All but ``cast.UNSEEN`` may be looked at while
the anonymiser is mended; those are only ever measured. No person, number or address in them is real: pupils' numbers
are of LA 999, phones of Ofcom's ranges for drama, domains of .example and .test.
"""
