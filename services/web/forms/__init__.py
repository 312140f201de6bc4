"""An act's words as a form: the questions, the answers read, and what is shown again."""
