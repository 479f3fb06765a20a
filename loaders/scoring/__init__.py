"""Score what was read against an answer key made by hand: precision, recall, F1 and every error."""
