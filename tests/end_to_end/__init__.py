"""Stories that go through every stage, and through the programs that people use."""
