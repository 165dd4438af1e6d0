"""CPU time of one blockout of 1080 × 1920 in every set, warm, against the limit of 4 s on one core: python -m bench.bench_blockout"""

from __future__ import annotations

import statistics
import time

from generation.control.blockout import warm_up
from generation.control.maps import blockout
from generation.scenes.sampling import random_graph, random_layout
from generation.scenes.sets import SETS
from generation.scenes.staging import COMPOSITIONS

LIMIT = 4.0


def main() -> None:
    warm_up()
    taken = []
    for i, room in enumerate(SETS):
        composition = COMPOSITIONS[2 * i % len(COMPOSITIONS)]
        graph = random_graph(100 + 2 * i).model_copy(update={"set": room, "composition": composition})
        start = time.process_time()
        b = blockout(graph, random_layout(100 + 2 * i, 1080, 1920))
        taken.append(time.process_time() - start)
        print(room, composition, f"{taken[-1]:.2f} s", {k: round(v, 2) for k, v in b.seconds.items()}, flush=True)
    middle = statistics.median(taken)
    print(f"median {middle:.2f} s, {middle / LIMIT:.2f} of the limit; slowest {max(taken):.2f} s")


if __name__ == "__main__":
    main()
