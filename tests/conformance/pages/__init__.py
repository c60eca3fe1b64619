"""A layout checker that knows the standard and the PDF, and nothing of the program that made it."""
