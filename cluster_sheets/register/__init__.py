"""Register: who may apply, when, for how much: the workbook the admin keeps.

In: the register workbook. Out: schools, people, meetings, budget and settings as values; findings at its cells.
Never: is changed by the program.
"""
