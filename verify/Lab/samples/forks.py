# How many of 40 children it can have at once.
import os, signal
children = []
for _ in range(40):
    try:
        child = os.fork()
    except OSError:
        break
    if child == 0:
        signal.pause()
    children.append(child)
print(len(children))
for child in children:
    os.kill(child, signal.SIGKILL)
