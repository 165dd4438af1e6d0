"""CPU time of one blockout of 1080 × 1920, warm, against the limit of 4 s on one core: python -m bench.bench_blockout"""

from __future__ import annotations

import statistics
import time

from generation.control.maps import blockout
from generation.scenes.sampling import random_graph, random_layout

LIMIT = 4.0


def main() -> None:
    blockout(random_graph(0), random_layout(0, 90, 160))
    taken = []
    for seed in range(1, 9):
        start = time.process_time()
        b = blockout(random_graph(seed), random_layout(seed, 1080, 1920))
        taken.append(time.process_time() - start)
        print(seed, f"{taken[-1]:.2f} s", {k: round(v, 2) for k, v in b.seconds.items()})
    middle = statistics.median(taken)
    print(f"median {middle:.2f} s, {middle / LIMIT:.2f} of the limit; slowest {max(taken):.2f} s")


if __name__ == "__main__":
    main()
