import { bits, expectClose } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  asOfJoin,
  backwardFill,
  dropMissing,
  fillMissing,
  forwardFill,
  innerJoin,
  Matrix,
  outerJoin,
  Panel,
  readCsvPanel,
} from "../../src/index.ts";

const NaN_ = Number.NaN;
const csv = "date,A,B\n2024-01-02,1,10\n2024-01-03,,11\n2024-01-04,3,12\n";

describe("filling and joining", () => {
  test("forwardFill never looks ahead: leading gaps stay", () => {
    expectClose(forwardFill([NaN_, 1, NaN_, NaN_, 2]), [NaN_, 1, 1, 1, 2], bits);
    const x = [
      [NaN_, 1],
      [5, NaN_],
      [NaN_, NaN_],
    ];
    expectClose(forwardFill(x), [NaN_, 1, 5, 1, 5, 1], bits);
    expect(x[2]![0]).toBeNaN();
  });

  test("innerJoin keeps the common times only", () => {
    const a = new Panel({ index: [1, 2, 4], columns: ["a"], values: [[1], [2], [4]] });
    const b = new Panel({ index: [2, 3, 4, 5], columns: ["b"], values: [[20], [30], [40], [50]] });
    const joined = innerJoin(a, b);
    expect(Array.from(joined.index)).toEqual([2, 4]);
    expect(joined.values.toRows()).toEqual([
      [2, 20],
      [4, 40],
    ]);
    expect(() => innerJoin(a, a)).toThrow('column "a" is in both panels; select or rename first');
    expect(() => innerJoin(a, [[1]] as never)).toThrow("right must be a Panel, got Array(1)");
  });

  test("dropMissing says how many rows it left out", () => {
    expect(() => dropMissing(null as never)).toThrow("panel must be a Panel, got null");
    const { panel, dropped } = dropMissing(readCsvPanel(csv));
    expect(dropped).toBe(1);
    expect(panel.values.toRows()).toEqual([
      [1, 10],
      [3, 12],
    ]);
  });

  test("a fill stops after limit values, and the gap after it stays", () => {
    expectClose(forwardFill([1, NaN_, NaN_, NaN_, 2, NaN_], { limit: 2 }), [1, 1, 1, NaN_, 2, 2], bits);
    expectClose(backwardFill([NaN_, 1, NaN_, NaN_, NaN_, 2], { limit: 1 }), [1, 1, NaN_, NaN_, 2, 2], bits);
    expect(() => forwardFill([1], { limit: 0 })).toThrow("limit must be an integer ≥ 1, got 0");
    expect(() => backwardFill([1], { limt: 2 } as never)).toThrow(
      "unknown option 'limt'; did you mean 'limit'?",
    );
  });

  test("backwardFill leaves what is missing at the end", () => {
    expectClose(backwardFill([NaN_, 1, NaN_, -0, NaN_]), [1, 1, -0, -0, NaN_], bits);
  });

  test("fillMissing puts one value everywhere, −0 and infinities untouched", () => {
    expectClose(
      fillMissing([NaN_, -0, Number.NEGATIVE_INFINITY], 7),
      [7, -0, Number.NEGATIVE_INFINITY],
      bits,
    );
    expect(fillMissing(readCsvPanel(csv), 0).column("A")[1]).toBe(0);
    expect(() => fillMissing([1], NaN_)).toThrow("value must be a finite number, got NaN");
    expect(() => fillMissing([1], "0" as never)).toThrow('value must be a finite number, got "0"');
  });

  test("fills write into out and change no input", () => {
    const x = Float64Array.of(NaN_, 1, NaN_);
    const out = new Float64Array(3);
    expect(forwardFill(x, { out })).toBe(out);
    expectClose(out, [NaN_, 1, 1], bits);
    expectClose(fillMissing(x, 2, { out }), [2, 1, 2], bits);
    expectClose(x, [NaN_, 1, NaN_], bits);
    expect(() => backwardFill(x, { out: x })).toThrow("out must not share memory with x");
    expect(forwardFill([]).length).toBe(0);
  });

  const a = new Panel({ index: [1, 5, 10], columns: ["a"], values: [[1], [5], [10]] });
  const b = new Panel({ index: [2, 3, 10], columns: ["b"], values: [[20], [NaN_], [-0]] });

  test("asOfJoin takes the last row at or before each time, a NaN in it included", () => {
    const joined = asOfJoin(a, b);
    expect(joined.columns).toEqual(["a", "b"]);
    expectClose(joined.values, [1, NaN_, 5, NaN_, 10, -0], bits);
    expectClose(asOfJoin(a, forwardFill(b)).column("b"), [NaN_, 20, -0], bits);
  });

  test("asOfJoin without exact matches is one row late, with tolerance 0 a left join", () => {
    expectClose(asOfJoin(a, fillMissing(b, 0), { allowExactMatches: false }).column("b"), [NaN_, 0, 0], bits);
    expectClose(asOfJoin(a, b, { tolerance: 0 }).column("b"), [NaN_, NaN_, -0], bits);
    expectClose(
      asOfJoin(a, b, { tolerance: 0, allowExactMatches: false }).column("b"),
      [NaN_, NaN_, NaN_],
      bits,
    );
  });

  test("asOfJoin writes its values into out", () => {
    const out = new Matrix(3, 2);
    expect(asOfJoin(a, b, { out }).values).toBe(out);
    expectClose(out, asOfJoin(a, b).values, bits);
    expect(() => asOfJoin(a, b, { out: new Matrix(3, 1) })).toThrow("out must be a Matrix of 3×2, got 3×1");
    const both = new Float64Array(8);
    const right = new Panel({ index: [2, 3], columns: ["c"], values: new Matrix(2, 1, both.subarray(6)) });
    expect(() => asOfJoin(a, right, { out: new Matrix(3, 2, both.subarray(1, 7)) })).toThrow(
      "out must not share memory with right: inputs are never changed",
    );
    expect(asOfJoin(a, right, { out: new Matrix(3, 2, both.subarray(0, 6)) }).rows).toBe(3);
  });

  test("asOfJoin looks ahead by name only, and nearest prefers the past", () => {
    expectClose(asOfJoin(a, b, { direction: "forward" }).column("b"), [20, -0, -0], bits);
    const c = new Panel({ index: [4, 6], columns: ["c"], values: [[4], [6]] });
    expectClose(asOfJoin(a, c, { direction: "nearest" }).column("c"), [4, 4, 6], bits);
  });

  test("joins with an empty panel know nothing", () => {
    const none = b.slice(0, 0);
    expectClose(asOfJoin(a, none).column("b"), [NaN_, NaN_, NaN_], bits);
    expectClose(asOfJoin(a, none, { direction: "nearest" }).column("b"), [NaN_, NaN_, NaN_], bits);
    expect(asOfJoin(none, a).rows).toBe(0);
    expect(innerJoin(a, none).rows).toBe(0);
    expectClose(outerJoin(a, none).values, [1, NaN_, 5, NaN_, 10, NaN_], bits);
  });

  test("outerJoin has every time once", () => {
    const joined = outerJoin(a, b);
    expect(Array.from(joined.index)).toEqual([1, 2, 3, 5, 10]);
    expectClose(joined.values, [1, NaN_, NaN_, 20, NaN_, NaN_, 5, NaN_, 10, -0], bits);
  });

  test("joins refuse what they cannot join", () => {
    for (const join of [asOfJoin, innerJoin, outerJoin]) {
      expect(() => join(a, a)).toThrow('column "a" is in both panels; select or rename first');
      expect(() => join([1] as never, a)).toThrow("left must be a Panel, got Array(1)");
      expect(() => join(a, undefined as never)).toThrow("right must be a Panel, got undefined");
    }
    const unsorted = { index: [2, 1], columns: ["u"], values: [[1], [2]] };
    expect(() => asOfJoin(a, unsorted as never)).toThrow("is earlier than the row before it");
    expect(() => asOfJoin(a, b, { direction: "backwards" as never })).toThrow(
      "direction must be one of 'backward', 'forward', 'nearest', got \"backwards\"",
    );
    expect(() => asOfJoin(a, b, { tolerance: -1 })).toThrow(
      "tolerance must be non-negative and finite, got -1",
    );
    expect(() => asOfJoin(a, b, { allowExactMatches: 0 as never })).toThrow(
      "allowExactMatches must be true or false, got 0",
    );
    expect(() => asOfJoin(a, b, { suffix: "_b" } as never)).toThrow("unknown option 'suffix'");
  });
});
