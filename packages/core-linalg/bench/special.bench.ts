import { type Ladder, ladder, within } from "@astra-quant/bench";
import {
  createRandom,
  exp,
  expm1,
  lgamma,
  log,
  log1p,
  normalCdf,
  pow,
  studentTCdf,
} from "@astra-quant/core-linalg";

const COUNT = 10_000;

function uniforms(stream: string, low: number, high: number): Float64Array {
  const draws = createRandom("bench").fork(stream).fillUniform(new Float64Array(COUNT));
  return draws.map((u) => low + (high - low) * u);
}

const constant = (value: number): Float64Array => new Float64Array(COUNT).fill(value);

interface Case {
  readonly name: string;
  readonly compute: (x: number, y: number) => number;
  /** The engine's own, whose bits are the engine's own too. */
  readonly engine?: (x: number, y: number) => number;
  readonly python: string;
  readonly x: Float64Array;
  readonly y?: Float64Array;
}

const fives = { x: uniforms("t", -4, 4), y: constant(5) };
const hundreds = { x: uniforms("t", -4, 4), y: constant(100) };
const cases: readonly Case[] = [
  { name: "exp", compute: exp, engine: Math.exp, python: "exp", x: uniforms("exp", -10, 10) },
  { name: "log", compute: log, engine: Math.log, python: "log", x: uniforms("log", 0, 10) },
  { name: "expm1", compute: expm1, engine: Math.expm1, python: "expm1", x: uniforms("expm1", -10, 10) },
  { name: "log1p", compute: log1p, engine: Math.log1p, python: "log1p", x: uniforms("log1p", -0.9, 9) },
  {
    name: "pow",
    compute: pow,
    engine: Math.pow,
    python: "pow",
    x: uniforms("pow", 0, 10),
    y: uniforms("power", -10, 10),
  },
  { name: "normalCdf", compute: normalCdf, python: "normal_cdf", x: uniforms("normal", -4, 4) },
  { name: "studentTCdf, 5 degrees", compute: studentTCdf, python: "student_t_cdf", ...fives },
  { name: "studentTCdf, 100 degrees", compute: studentTCdf, python: "student_t_cdf", ...hundreds },
  { name: "lgamma", compute: lgamma, python: "lgamma", x: uniforms("gamma", 0, 20) },
];

const special: Ladder = ladder({
  name: "special functions, 10,000 arguments",
  sizes: cases,
  describe: ({ name }) => name,
  prepare: ({ compute, engine, python, x, y = x }) => {
    const ours = new Float64Array(COUNT);
    const theirs = new Float64Array(COUNT);
    const fill = (f: (x: number, y: number) => number, out: Float64Array): Float64Array => {
      for (let i = 0; i < COUNT; i++) out[i] = f(x[i]!, y[i]!);
      return out;
    };
    const shaped = (data: Float64Array) => ({ shape: [COUNT], data });
    return {
      ours: () => fill(compute, ours),
      peers: {
        ...(engine === undefined ? {} : { "the engine's Math": { run: () => fill(engine, theirs) } }),
        "numpy and scipy": { python, inputs: { x: shaped(x), y: shaped(y) } },
      },
      disagreement: within(1e-13),
    };
  },
});

const ladders: readonly Ladder[] = [special];
export default ladders;
