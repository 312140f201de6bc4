"""Joint reviews: who takes part in one, and what each side's own unit of work does to keep up."""
