"""A running case from a spreadsheet: the blank workbook, what its cells say, what comes of it."""
