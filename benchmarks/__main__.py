"""`python -m benchmarks` prints each ratio with its budget."""

from benchmarks import models, processes, repository


def main() -> None:
    for ratios in (processes.ratios, models.ratios):
        for ratio in ratios():
            mark = "held" if ratio.held else "MISSED"
            print(f"{ratio.value:7.2f}   budget {ratio.budget:>6}   {mark:6}   {ratio.name}")
    if not processes.has_keras():
        print("keras and jax are not installed: the comparison with Keras is left out")
    repository.main()


if __name__ == "__main__":
    main()
