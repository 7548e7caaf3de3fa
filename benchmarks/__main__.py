"""`python -m benchmarks` prints each ratio with its budget."""

from benchmarks import repository
from benchmarks.processes import has_keras, ratios


def main() -> None:
    for ratio in ratios():
        mark = "held" if ratio.held else "MISSED"
        print(f"{ratio.value:7.2f}   budget {ratio.budget:>5}   {mark:6}   {ratio.name}")
    if not has_keras():
        print("keras and jax are not installed: the comparison with Keras is left out")
    repository.main()


if __name__ == "__main__":
    main()
