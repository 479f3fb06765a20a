"""What is wrong or open in a document, and the review of a draft before signature."""
