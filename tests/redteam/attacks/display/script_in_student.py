"""The student's own folder is called like an image with a script."""

kind = "HTML and script in names"
aims = "act batch"
student = "<img src=x onerror=redteam()>"
