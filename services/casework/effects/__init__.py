"""What an act changes besides its entry: clocks, todos, and the emails that it enqueues."""
