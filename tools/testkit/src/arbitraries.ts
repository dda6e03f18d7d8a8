import fc from "fast-check";

/** A finite double of ordinary size, both signs, −0 included. */
export const ordinaryNumber: fc.Arbitrary<number> = fc.double({ min: -1e6, max: 1e6, noNaN: true });

/** A simple return between −50 % and +50 %. */
export const simpleReturn: fc.Arbitrary<number> = fc.double({ min: -0.5, max: 0.5, noNaN: true });

/** A positive price. */
export const price: fc.Arbitrary<number> = fc.double({ min: 0.01, max: 1e5, noNaN: true });

/** A time × assets matrix of returns as rows. */
export function returnRows(
  rows: { min: number; max: number },
  columns: { min: number; max: number },
): fc.Arbitrary<number[][]> {
  return fc
    .tuple(fc.integer(rows), fc.integer(columns))
    .chain(([r, c]) =>
      fc.array(fc.array(simpleReturn, { minLength: c, maxLength: c }), { minLength: r, maxLength: r }),
    );
}
