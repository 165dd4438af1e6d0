"""Every benchmark, one after the other: `python -m bench [NAME …]`; each file bench_NAME.py beside this one is one.

Each runs in a process of its own, so that none is warm from another's work. Exit code 1 when one of them failed to run.
"""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(names: list[str]) -> int:
    known = [path.stem.removeprefix("bench_") for path in sorted(HERE.glob("bench_*.py"))]
    unknown = sorted(set(names) - set(known))
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    failed = []
    for name in names or known:
        command = [sys.executable, str(HERE / f"bench_{name}.py")]
        print(f"\n$ python bench/bench_{name}.py", flush=True)
        if subprocess.run(command, cwd=HERE.parent, env=os.environ | {"PYTHONPATH": str(HERE.parent)}).returncode:
            failed.append(name)
    if failed:
        print(f"\nFailed, or missed a goal: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
