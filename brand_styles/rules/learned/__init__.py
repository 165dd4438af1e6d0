"""A second witness beside the rules: a small linear model of how forbidden copy reads, trained on the labelled lines of the tests."""
