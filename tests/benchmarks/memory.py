"""Peak memory of any process of `madata generate tom`, and its time, as N grows.

Goal: below 600 MB at 1,000,000, and time linear in N.


python tests/benchmarks/memory.py [N...] [--stand-in]
"""

from measure import arguments, generate

if __name__ == "__main__":
    asked = arguments(__doc__, 10_000, 100_000)
    for n in asked.n:
        measured = generate(n, asked.stand_in, asked.dir)
        rate = 1000 * measured.seconds / n
        print(
            f"{n:>10,} episodes  peak {measured.megabytes:5.0f} MB  {measured.seconds:7.1f} s  {rate:.3f} ms an episode"
        )
