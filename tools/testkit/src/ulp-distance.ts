const double = new Float64Array(1);
const word = new BigInt64Array(double.buffer);

/** The place of a double in the line of all doubles: neighbours differ by 1, and ±0 share a place. */
function place(x: number): bigint {
  double[0] = x;
  const bits = word[0]!;
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}

/**
 * How many doubles lie between a and b: 0 for the same, 1 for neighbours, subnormals and the largest double's neighbour
 * ∞ included. NaN is 0 from NaN and ∞ from everything else.
 */
export function ulpDistance(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) {
    return Number.isNaN(a) && Number.isNaN(b) ? 0 : Number.POSITIVE_INFINITY;
  }
  const distance = place(a) - place(b);
  return Number(distance < 0n ? -distance : distance);
}
