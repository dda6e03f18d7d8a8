/** Where the method stands, in the scaled space. δx and δy are the last step's changes. */
export interface Iterate {
  readonly x: Float64Array;
  readonly z: Float64Array;
  readonly y: Float64Array;
  readonly deltaX: Float64Array;
  readonly deltaY: Float64Array;
}

export function zeroIterate(n: number, m: number): Iterate {
  return {
    x: new Float64Array(n),
    z: new Float64Array(m),
    y: new Float64Array(m),
    deltaX: new Float64Array(n),
    deltaY: new Float64Array(m),
  };
}

export function resetIterate(iterate: Iterate): void {
  iterate.x.fill(0);
  iterate.z.fill(0);
  iterate.y.fill(0);
}
