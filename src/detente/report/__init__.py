"""Results to tables, text and HTML. The only room that writes prose."""
