"""nbgrader's `export`, without a 0 for what nobody has marked yet."""

from __future__ import annotations

import csv

from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin

from . import gather
from .write import harmless

COLUMNS = ["assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email", "raw_score",
           "late_submission_penalty", "score", "max_score", "state"]  # fmt: skip


class GradesCsv(ExportPlugin):
    """Writes the columns of nbgrader's own, and one more: missing, waiting or graded."""

    def export(self, gradebook: Gradebook) -> None:
        with open(self.to or "grades.csv", "w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(COLUMNS)
            for assignment in gradebook.assignments:
                if not self.assignment or assignment.name in self.assignment:
                    self._write(table, gradebook, assignment)

    def _write(self, table, gradebook: Gradebook, assignment) -> None:
        students = {student.id: student for student in gradebook.students}
        sent = {one.student_id: one.timestamp for one in assignment.submissions}
        out_of = sum(gather.most_points(gradebook, assignment.name).values())
        for row in gather.rows(gradebook, assignment.name):
            if self.student and row.student not in self.student:
                continue
            who = students[row.student]
            state = "missing" if not row.submitted else "waiting" if row.waiting else "graded"
            known = state != "waiting"
            scores = [row.score, row.penalty, row.total] if known else ["", "", ""]
            names = [harmless(said or "") for said in (row.student, who.last_name, who.first_name, who.email)]
            times = [assignment.duedate or "", sent.get(row.student) or ""]
            table.writerow([assignment.name, *times, *names, *scores, out_of, state])
