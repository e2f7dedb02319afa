"""Look: the design language of every workbook we write: palette, styles, widths, row heights, the page.

In: what is to be shown. Out: workbooks that print as they look, the same bytes each time.
Never: knows what the words it sets are about.
"""
