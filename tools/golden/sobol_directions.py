"""Packs Joe and Kuo's initial direction numbers (new-joe-kuo-6.21201, as scipy carries them) into
packages/core-linalg/src/random/sobol-directions.ts: for each dimension after the first the inner coefficients of its
primitive polynomial, then (m_k − 1) ÷ 2 for k = 2 … degree, as bits one after the other."""

import base64
from pathlib import Path

import numpy as np
import scipy.stats

DIMENSIONS = 1111  # all polynomials up to degree 13
ROOT = Path(__file__).resolve().parents[2]

numbers = np.load(Path(scipy.stats.__file__).parent / "_sobol_direction_numbers.npz")
bits, degrees = [], []
for poly, initial in zip(numbers["poly"][1:DIMENSIONS].tolist(), numbers["vinit"][1:DIMENSIONS].tolist()):
    degree = poly.bit_length() - 1
    degrees.append(degree)
    assert poly & 1 and initial[0] == 1 and not any(initial[degree:])
    bits.append(format((poly >> 1) & ((1 << (degree - 1)) - 1), f"0{degree - 1}b") if degree > 1 else "")
    for k in range(2, degree + 1):
        m = initial[k - 1]
        assert m % 2 == 1 and m < 1 << k
        bits.append(format(m >> 1, f"0{k - 1}b"))
assert degrees == sorted(degrees)
text = "".join(bits)
text += "0" * (-len(text) % 8)
packed = base64.b64encode(int(text, 2).to_bytes(len(text) // 8, "big")).decode()
counts = [degrees.count(degree) for degree in range(1, max(degrees) + 1)]

target = ROOT / "packages/core-linalg/src/random/sobol-directions.ts"
target.write_text(
    f'''/** How many dimensions there are direction numbers for. */
export const SOBOL_DIMENSIONS: number = {DIMENSIONS};

/** How many primitive polynomials of degree 1, 2, … are used, one a dimension after the first. */
export const POLYNOMIALS_OF_DEGREE: readonly number[] = {counts};

/**
 * The initial direction numbers new-joe-kuo-6.21201 [JoeKuo2008] in base64, written by tools/golden/sobol_directions.py:
 * for each dimension after the first, of degree s, s − 1 bits for the inner coefficients of its polynomial, then k − 1
 * bits for (m_k − 1) ÷ 2, k = 2 … s.
 */
export const PACKED_DIRECTIONS: string =
  "{packed}";
'''
)
print(target.relative_to(ROOT), target.stat().st_size, "bytes")
