"""Decide what a submission earns: run the trusted test cells, and give credit where it is due."""
