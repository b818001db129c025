"""A language model as a further reader: what it is asked, and which of its answers count.

Pure: whoever calls the reader brings the function that carries a question to the model. A model
may name anything; only words that stand in the text, and parties that the text names, become
statements.
"""
