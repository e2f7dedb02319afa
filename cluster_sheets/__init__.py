"""cluster-sheets: requests for SEND cluster funding, from a school's workbook to the reconciled statement.

The path, told once: a form is declared in ``schemas/``; ``form`` makes the blank workbook; a school fills it in and
sends it; ``intake`` keeps the raw bytes and makes sure they are safe; ``reading`` finds the answers by their keys and
types them; ``checks`` says what must be mended; ``replies`` answers the school; ``anonymise`` takes out who it is;
``panel`` collates the pack for the meeting and reads the decisions back; ``money`` keeps the ledger and reconciles
it; ``report`` tells the admin. ``night`` is the order in which all that happens.
"""

__version__ = "0.1.0"
