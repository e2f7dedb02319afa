"""Report: what the admin sees of a night: run.json, a short summary, and the workbook of what needs a person.

In: the store after the night, and how the night ended. Out: values, and files in ``reports/<night>/``.
Never: names a school or a person, or tells what somebody typed: references and codes only.
"""
