#!/bin/sh
# PrairieLearn runs this in the image of the Dockerfile, as root, for each submission.
exec "${EXAMINER_PYTHON:-/opt/examiner/bin/python}" -I -m examiner.packed prairielearn
