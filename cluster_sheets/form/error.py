"""What goes wrong with a declaration: told by its file and line."""


class DeclarationError(Exception):
    """A declaration that cannot be used; the message opens with its file and line."""
