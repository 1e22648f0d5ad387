"""What goes on inside a network: its layers, what each of them answers, and what it has learnt."""
