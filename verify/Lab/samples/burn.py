# Uses 0.3 s of a processor; prints how long that took, and how often it was made to wait.
import time
start = time.monotonic()
while time.process_time() < 0.3:
    pass
group = [line.split(":", 2)[2].strip() for line in open("/proc/self/cgroup") if line.split(":")[1] == "cpu"][0]
throttled = [line.split()[1] for line in open("/sys/fs/cgroup/cpu" + group + "/cpu.stat") if line.startswith("nr_throttled")][0]
print("%.3f %s" % (time.monotonic() - start, throttled))
