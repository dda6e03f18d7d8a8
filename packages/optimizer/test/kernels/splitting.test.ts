import { createRandom } from "@astra-quant/core-linalg";
import { describeKernel, type Numbers } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type Engine, typescriptEngine, withWebassembly } from "../../src/kernels/engine.ts";
import type { Splitting } from "../../src/kernels/splitting.ts";
import { readProblem } from "../../src/qp/problem.ts";
import { readSettings } from "../../src/qp/settings.ts";
import { Workspace } from "../../src/qp/workspace.ts";

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
    "a start of 1e300": (value: number) => value * 1e300,
    "a start of 1e-300": (value: number) => value * 1e-300,
  }).map(([name, spoil]) => ({ name, n: 9, m: 6, spoil })),
];

function workspaceOf({ n, m, spoil = (value) => value }: Case): Workspace {
  const random = createRandom(`splitting ${n} ${m}`);
  const normals = (count: number): Float64Array => random.fillNormal(new Float64Array(count));
  const P = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 + i : 0.1)));
  const A = Array.from({ length: m }, () =>
    [...normals(n)].map((value) => (Math.abs(value) < 0.7 ? 0 : value)),
  );
  const l = Array.from({ length: m }, (_, i) => (i % 3 === 0 ? Number.NEGATIVE_INFINITY : -1));
  const u = Array.from({ length: m }, (_, i) => (i % 4 === 1 ? Number.POSITIVE_INFINITY : 1));
  const workspace = new Workspace(readProblem({ P, q: normals(n), A, l, u }), readSettings());
  workspace.splitting.x.set(normals(n).map(spoil));
  workspace.splitting.z.set(normals(m).map(spoil));
  workspace.splitting.y.set(normals(m).map(spoil));
  return workspace;
}

/** Iterations, figures, another rho, iterations, figures. */
function live(engine: Engine, { splitting, penalties }: Workspace): Numbers {
  const snapshot = ({ x, z, y, deltaX, deltaY, figures }: Splitting): number[] => [
    ...[x, z, y, deltaX, deltaY, figures].flatMap((array) => [...array]),
  ];
  engine.iterate(1e-6, 1.6, 3);
  engine.measure();
  const first = snapshot(splitting);
  penalties.level = 2;
  const positive = engine.factor();
  engine.iterate(1e-6, 1.6, 1);
  engine.measure();
  return [first, positive, snapshot(splitting)];
}

function inTypescript(input: Case): Numbers {
  const workspace = workspaceOf(input);
  const told = live(typescriptEngine(workspace.kkt.ldl, workspace.splitting), workspace);
  return [told, workspace.kkt.ldl.values, workspace.kkt.ldl.inverse];
}

function inWebassembly(input: Case): Numbers {
  const workspace = workspaceOf(input);
  const { ldl } = workspace.kkt;
  const told = withWebassembly(ldl, workspace.splitting, (engine) => live(engine, workspace))!.answer;
  return [told, ldl.values, ldl.inverse];
}

describeKernel<Case>({
  name: "the operator-splitting iterations",
  cases,
  describeCase: ({ name }) => name,
  typescript: inTypescript,
  webassembly: inWebassembly,
});

describe("an engine in WebAssembly", () => {
  test("lets what its caller throws pass, a RangeError too, and leaves the factor in the arrays", () => {
    const workspace = workspaceOf({ name: "", n: 8, m: 7 });
    const { ldl } = workspace.kkt;
    const before = [...ldl.values];
    const run = () =>
      withWebassembly(ldl, workspace.splitting, (engine) => {
        workspace.penalties.level = 3;
        engine.factor();
        throw new RangeError("the caller's own");
      });
    expect(run).toThrow("the caller's own");
    const left = [...ldl.values];
    expect(left).not.toEqual(before);
    workspace.refactor();
    expect([...ldl.values]).toEqual(left);
  });

  test("survives growth of the memory by others while it lives", () => {
    const one = workspaceOf({ name: "", n: 40, m: 41 });
    const other = workspaceOf({ name: "", n: 40, m: 41 });
    const big = workspaceOf({ name: "", n: 700, m: 0 });
    withWebassembly(one.kkt.ldl, one.splitting, (engine) => {
      engine.iterate(1e-6, 1.6, 5);
      withWebassembly(big.kkt.ldl, big.splitting, (inner) => inner.iterate(1e-6, 1.6, 1));
      engine.iterate(1e-6, 1.6, 5);
    });
    typescriptEngine(other.kkt.ldl, other.splitting).iterate(1e-6, 1.6, 10);
    expect(one.splitting.x).toEqual(other.splitting.x);
  });
});
