/** The largest |entry|; 0 where there is none. */
export function largestMagnitude(data: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < data.length; k++) largest = Math.max(largest, Math.abs(data[k]!));
  return largest;
}
