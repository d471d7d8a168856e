"""Sealed JSON: what was written is read, and any flipped bit is found."""

from __future__ import annotations

import pytest

from experiments.batch.sealed import sealed, unsealed

CONTENT = {"b": [1, 0.5, None, "类"], "a": {"x": "0e1"}}


def test_a_sealed_file_gives_back_its_content() -> None:
    assert unsealed(sealed(CONTENT)) == CONTENT


def test_the_order_of_keys_does_not_change_a_byte() -> None:
    assert sealed(dict(reversed(CONTENT.items()))) == sealed(CONTENT)


def test_every_flipped_bit_is_found() -> None:
    data = sealed(CONTENT)
    for position in range(8 * len(data)):
        flipped = bytearray(data)
        flipped[position // 8] ^= 1 << position % 8
        with pytest.raises(ValueError, match=r"sealed|checksum"):
            unsealed(bytes(flipped))


@pytest.mark.parametrize("cut", [slice(0, -1), slice(1, None), slice(0, 0)])
def test_a_cut_file_is_found(cut: slice) -> None:
    with pytest.raises(ValueError, match="sealed"):
        unsealed(sealed(CONTENT)[cut])


def test_a_number_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        sealed({"x": float("nan")})
