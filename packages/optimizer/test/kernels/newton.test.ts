import { createRandom } from "@astra-quant/core-linalg";
import { describeKernel, type Numbers } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  type Newton,
  type NewtonEngine,
  typescriptNewton,
  withWebassemblyNewton,
} from "../../src/kernels/newton.ts";
import { newtonArrays } from "../../src/qp/interior-point/newton-system.ts";
import { KktSystem } from "../../src/qp/kkt.ts";
import { readProblem } from "../../src/qp/problem.ts";
import { scaleProblem } from "../../src/qp/scaling.ts";

interface Case {
  readonly name: string;
  readonly n: number;
  readonly m: number;
  readonly spoil?: (value: number, k: number) => number;
}

const cases: readonly Case[] = [
  ...[
    [1, 0],
    [1, 1],
    [2, 3],
    [5, 1],
    [8, 7],
    [13, 20],
    [40, 41],
  ].map(([n, m]) => ({ name: `n = ${n}, m = ${m}`, n: n!, m: m! })),
  ...Object.entries({
    "zeros of both signs": (value: number, k: number) => (k % 2 === 0 ? -0 : value),
    "a NaN": (value: number, k: number) => (k === 3 ? Number.NaN : value),
    infinities: (value: number, k: number) => (k === 4 ? Number.NEGATIVE_INFINITY : value),
    "a right side of 1e300": (value: number) => value * 1e300,
    "a right side of 1e-300": (value: number) => value * 1e-300,
  }).map(([name, spoil]) => ({ name, n: 9, m: 6, spoil })),
];

interface Setting {
  readonly kkt: KktSystem;
  readonly arrays: Newton;
}

function settingOf({ n, m, spoil = (value) => value }: Case): Setting {
  const random = createRandom(`newton ${n} ${m}`);
  const normals = (count: number): Float64Array => random.fillNormal(new Float64Array(count));
  const P = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? i : 0)));
  const A = Array.from({ length: m }, () =>
    [...normals(n)].map((value) => (Math.abs(value) < 0.7 ? 0 : value)),
  );
  const scaled = scaleProblem(
    readProblem({ P, q: normals(n), A, l: new Float64Array(m), u: new Float64Array(m) }),
    2,
  );
  const kkt = new KktSystem(scaled.P, scaled.A);
  const arrays = newtonArrays(scaled, kkt);
  arrays.slackness.set(Float64Array.from({ length: m }, (_, i) => [0, 1e20, 0.5, 1e-9][i % 4]!));
  arrays.rightSide.set(normals(n + m).map(spoil));
  arrays.point.set(normals(n + m).map(spoil));
  return { kkt, arrays };
}

/** A factor, a rough and an exact solution, products, and a factor that refinement finds too sloppy. */
function live(engine: NewtonEngine, { arrays }: Setting): Numbers {
  const { solution, image, curvature, pull } = arrays;
  const told: Numbers[] = [engine.factor(1e-10)];
  for (const exact of [1e-4, 1e-14]) told.push([Number(engine.solve(exact)), [...solution], [...image]]);
  engine.products();
  told.push([...image], [...curvature], [...pull]);
  told.push(engine.factor(1e-2), Number(engine.solve(1e-14)), [...solution], [...image]);
  return told;
}

describeKernel<Case>({
  name: "the Newton systems of the interior point",
  cases,
  describeCase: ({ name }) => name,
  typescript: (input) => {
    const setting = settingOf(input);
    return live(typescriptNewton(setting.kkt.ldl, setting.arrays), setting);
  },
  webassembly: (input) => {
    const setting = settingOf(input);
    const { kkt, arrays } = setting;
    return withWebassemblyNewton(kkt.ldl, arrays, (engine) => live(engine, setting))!.answer;
  },
});

describe("the Newton systems of the interior point", () => {
  test("the solution takes the regularisation off again, and its products are those of the solution", () => {
    const { kkt, arrays } = settingOf({ name: "", n: 13, m: 8 });
    const engine = typescriptNewton(kkt.ldl, arrays);
    expect(engine.factor(1e-10)).toBe(13);
    expect(engine.solve(1e-12)).toBe(false);
    const { solution, rightSide, slackness, image, point } = arrays;
    const size = Math.max(...rightSide.map(Math.abs));
    const fromSolve = image.slice();
    point.set(solution);
    engine.products();
    expect(image).toEqual(fromSolve);
    for (let i = 0; i < 8; i++) {
      const left = rightSide[13 + i]! - image[i]! + slackness[i]! * solution[13 + i]!;
      expect(Math.abs(left)).toBeLessThanOrEqual(1e-12 * size);
    }
  });

  test("both engines leave the splitting's own factor as it is", () => {
    const setting = settingOf({ name: "", n: 13, m: 8 });
    const { kkt, arrays } = setting;
    kkt.factor(1);
    const before = [kkt.ldl.values, kkt.ldl.upperValues, kkt.ldl.inverse].map((array) => array.slice());
    live(typescriptNewton(kkt.ldl, arrays), setting);
    withWebassemblyNewton(kkt.ldl, arrays, (engine) => live(engine, setting));
    expect([kkt.ldl.values, kkt.ldl.upperValues, kkt.ldl.inverse]).toEqual(before);
  });
});
