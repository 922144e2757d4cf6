"""What a process takes of memory, as Linux tells it."""

from pathlib import Path


def memory_of(name, pid="self"):
    """The figure of that name in MiB: "VmRSS" is what it takes now, "VmHWM" what it took at its height."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    # "VmRSS:    85104 kB"
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024
