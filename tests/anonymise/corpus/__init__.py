"""Corpus: invented texts such as schools write, each with labels, and a score of how well they are anonymised.

Two sets that share no sentence of their own and no name: ``first`` may be looked at while the anonymiser is mended;
``second`` is only ever measured. No word of either comes from the anonymiser's lists. No person, number or address in
them is real: pupils' numbers are of LA 999, phones of Ofcom's ranges for drama, domains of .example and .test.
"""
