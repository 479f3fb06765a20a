"""Why a fact was read: the rule, the words, the line."""
