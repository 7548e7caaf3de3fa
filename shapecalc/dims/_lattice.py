"""Counting on integers for sliding windows: no dims, no symbols."""


def floor_sum(count: int, divisor: int, step: int, start: int) -> int:
    """Return the sum of (step*i + start)//divisor for i in range(count), in O(log divisor).

    All arguments are non-negative and `divisor` is positive.
    """
    answer = 0
    while True:
        if step >= divisor:
            answer += (count - 1) * count // 2 * (step // divisor)
            step %= divisor
        if start >= divisor:
            answer += count * (start // divisor)
            start %= divisor
        last = step * count + start
        if last < divisor:
            return answer
        # The lattice points below a line, counted along the other axis (Euclid's step).
        count, start, divisor, step = last // divisor, last % divisor, step, divisor


def _clamped_sum(first: int, fall: int, stride: int, count: int, cap: int) -> int:
    """Sum over t in range(count) of how many o in range(cap) have o*stride <= first - t*fall."""
    full = min(max((first - (cap - 1) * stride) // fall + 1, 0), count)
    some = min(max(first // fall + 1, full), count)
    middle = some - full
    if middle == 0:
        return full * cap
    lowest = first - (some - 1) * fall
    return full * cap + middle + floor_sum(middle, stride, fall, lowest)


def padding_before(n: int, window: int, stride: int, dilation: int, padding: str) -> int:
    """Return how many padded places stand before the first input unit (TensorFlow's rule)."""
    if padding == "valid":
        return 0
    reach = (window - 1) * dilation
    if padding == "causal":
        return reach
    missing = (n - 1) // stride * stride + reach + 1 - n
    return max(missing, 0) // 2


def count_taps(n: int, window: int, stride: int, dilation: int, padding: str) -> int:
    """Count the pairs (output position, tap) whose tap falls on one of the n input units.

    `padding` is "same" or "causal"; O(log) in every argument.
    """
    if n <= 0 or window <= 0:
        return 0
    places = (n - 1) // stride + 1
    before = padding_before(n, window, stride, dilation, padding)
    # Tap t of place o reads unit o*stride + t*dilation - before; it must lie in range(n).
    below_end = _clamped_sum(n - 1 + before, dilation, stride, window, places)
    below_start = _clamped_sum(before - 1, dilation, stride, window, places)
    return below_end - below_start
