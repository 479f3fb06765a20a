"""Reconciliation: match the names in a spreadsheet to the things of the release, after the W3C Entity Reconciliation API.

Version 0.2 as OpenRefine 3 speaks it (queries, suggest, preview, extend, as form fields in JSON), and the query batches of draft
1.0 (JSON bodies). Every answer may be read from any origin; every refusal is JSON that says what to do.
"""
