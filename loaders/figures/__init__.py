"""When, how much, how often: timing, money, budgets, targets, reporting, components."""
