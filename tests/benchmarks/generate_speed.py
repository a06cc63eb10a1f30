"""Seconds of `madata generate tom` from the shell, start-up included. Goal: 10,000 episodes in 15 s on two cores.

python tests/benchmarks/generate_speed.py [N...] [--stand-in]
"""

from measure import arguments, generate

if __name__ == "__main__":
    asked = arguments(__doc__, 1, 10_000)
    for n in asked.n:
        measured = generate(n, asked.stand_in, asked.dir)
        questions = measured.summary["questions"]
        print(f"{n:>10,} episodes  {measured.seconds:7.1f} s  {n / measured.seconds:8.0f}/s  {questions:,} questions")
