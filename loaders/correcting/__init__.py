"""Corrections after reading: a record and the rows of the table that are about it give a corrected record."""
