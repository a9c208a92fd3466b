"""What we know: the shape of every file and table, the vocabulary and the policy. Plain data; no table is read here."""
