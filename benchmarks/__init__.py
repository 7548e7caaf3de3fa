"""What our promises about speed rest on; `make bench` prints the ratios."""
