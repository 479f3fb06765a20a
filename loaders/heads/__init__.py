"""What the head and the foot of a document say: number, date, issuer, title, signers, recipients."""
