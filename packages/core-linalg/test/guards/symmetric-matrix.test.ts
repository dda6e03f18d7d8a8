import { describe, expect, test } from "vitest";
import { requireSymmetricMatrix } from "../../src/guards/index.ts";

const accepts = (A: number[][]) => expect(requireSymmetricMatrix("A", A).rows).toBe(A.length);
const refuses = (A: number[][]) => expect(() => requireSymmetricMatrix("A", A));

describe("requireSymmetricMatrix", () => {
  test("what rounding leaves is symmetric", () => {
    accepts([
      [1, 0.5 + 1e-16],
      [0.5, 1],
    ]);
    accepts([
      [1e8, 1e-9],
      [0, 1e-8],
    ]); // 1e-17 of the largest entry: a product of such sizes is not known better
    accepts([
      [0, 1 + 1e-12],
      [1, 0],
    ]); // no covariance: only the largest entry has a say
  });

  test("more is another matrix, and the message says where", () => {
    refuses([
      [1, 0.5],
      [0.4, 1],
    ]).toThrow("A must be symmetric, but [1][0] and [0][1] differ by 0.09999999999999998");
    refuses([
      [0, 1],
      [-1, 0],
    ]).toThrow("A must be symmetric");
  });

  test("small variances beside large ones are held to their own size", () => {
    refuses([
      [1e4, 0, 0],
      [0, 1e-4, 5e-9],
      [0, 0, 1e-4],
    ]).toThrow("[2][1] and [1][2] differ by 5e-9"); // within 1e-10 of 1e4, but 5e-5 of their own scale
  });

  test("sizes are named", () => {
    refuses([[1, 2]]).toThrow("A must be square, got 1×2");
    expect(() => requireSymmetricMatrix("A", [[1]], 2)).toThrow("A must be 2×2, got 1×1");
  });
});
