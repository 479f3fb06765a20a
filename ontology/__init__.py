"""What there is to say: the vocabulary, its schemes and shapes, the registry tables, and the frozen records.

Everything above (``loaders``, ``queries``, ``viz``, ``server``) may import this package; it imports none of them.
"""
