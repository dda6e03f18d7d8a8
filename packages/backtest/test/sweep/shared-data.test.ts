import { Matrix, Panel } from "@astra-quant/core-linalg";
import { describe, expect, test } from "vitest";
import { sharedData } from "../../src/sweep/shared-data.ts";

describe("what a swept module gets", () => {
  test("are typed arrays in shared memory, of the kind they were, and apart from the caller's", () => {
    const given = { close: Float64Array.of(1, 2), deep: [{ side: Int8Array.of(-1, 1) }] };
    const shared = sharedData(given) as typeof given;
    expect(shared).toEqual(given);
    expect(
      [shared.close.buffer, shared.deep[0]!.side.buffer].every((b) => b instanceof SharedArrayBuffer),
    ).toBe(true);
    shared.close[0] = 7;
    expect(given.close[0]).toBe(1);
  });

  test("takes only the part of memory that a view shows", () => {
    const view = Float64Array.of(1, 2, 3, 4).subarray(1, 3);
    const shared = sharedData(view) as Float64Array;
    expect([[...shared], shared.buffer.byteLength]).toEqual([[2, 3], 16]);
  });

  test("are matrices and panels by their fields, as a worker would find them", () => {
    const values = new Matrix(1, 2, Float64Array.of(3, 4));
    const panel = new Panel({ index: [1], columns: ["a", "b"], values });
    expect(sharedData({ values, panel })).toEqual({
      values: { rows: 1, columns: 2, data: Float64Array.of(3, 4) },
      panel: {
        index: Float64Array.of(1),
        columns: ["a", "b"],
        values: { rows: 1, columns: 2, data: values.data },
      },
    });
  });

  test("are dates, maps, text, lists of numbers and nothing as they are", () => {
    const day = new Date(0);
    const names = new Map([["a", 1]]);
    const given = { day, names, text: "x", list: [1, 2], nothing: null, absent: undefined };
    const shared = sharedData(given) as typeof given;
    expect(shared).toEqual(given);
    expect([shared.day, shared.names]).toEqual([day, names]);
  });

  test("can be no functions, which are refused by their place", () => {
    expect(() => sharedData({ a: [{ b: () => 1 }] })).toThrow(
      "data.a[0].b must be what can be sent to a worker, got function",
    );
  });
});
