/** Where the method stands, in the scaled space. δx and δy are the last step's changes. */
export interface Iterate {
  readonly x: Float64Array;
  readonly z: Float64Array;
  readonly y: Float64Array;
  readonly deltaX: Float64Array;
  readonly deltaY: Float64Array;
}

export function resetIterate(iterate: Iterate): void {
  iterate.x.fill(0);
  iterate.z.fill(0);
  iterate.y.fill(0);
}
