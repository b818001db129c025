"""The inverse question: which preferences, and which changes of them, make a state stable."""
