"""The parts of `welfare fleet`: the server, the workers, and a month's runs on them."""
