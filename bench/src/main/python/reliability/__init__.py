"""Trials of the built program from outside, where things go wrong."""
