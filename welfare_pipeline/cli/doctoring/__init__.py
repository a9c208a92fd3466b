"""`welfare doctor`: what a deployment stands on, a check a line. Each looks and changes nothing."""
