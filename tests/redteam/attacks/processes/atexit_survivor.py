"""What runs at exit, in threads and in finalizers, never ends, and starts more of itself."""

kind = "atexit and daemon survivors"
aims = "survive batch"
base = "half"
on_nbgrader = False
cell = """
import atexit, os, threading, time, weakref

def stay():
    if os.fork() == 0:
        os.setsid()
    while True:
        try:
            time.sleep(1)
        except BaseException:
            pass

class Thing:
    def __del__(self):
        stay()

thing = Thing()
atexit.register(stay)
weakref.finalize(thing, stay)
threading.Thread(target=lambda: time.sleep(1000)).start()
"""
