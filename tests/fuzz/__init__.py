"""Files nobody thought of: mutations of good workbooks, by chance and led by what of the reader they reach."""
