"""What runs in the container of Gradescope or PrairieLearn: one submission in, one `results.json` out."""
