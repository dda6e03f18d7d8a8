import { QuantError } from "@astra-quant/core-linalg";
import {
  requireBoolean,
  requireInteger,
  requireKnownOptions,
  requirePositive,
  show,
} from "@astra-quant/core-linalg/guards";
import { type ParameterPoint, type ParameterSets, requireParameterSets } from "./parameter-sets.ts";
import type { SweepRecordOptions } from "./sweep-record.ts";
import type { PoolLibrary } from "./sweep-workers.ts";
import type { SweptModule } from "./swept-module.ts";

export interface SweepSpec<Point extends ParameterPoint = ParameterPoint, Data = unknown, Prepared = Data> {
  /** The points: a `parameterGrid`, `randomParameters`, or a list. */
  readonly parameters: ParameterSets<Point>;
  /**
   * What earns the returns: the address of a module that exports `evaluate`, and `prepare` where points share work (a
   * {@link SweptModule}; `new URL("./sweep.js", import.meta.url)`); or these functions themselves, which run in this thread.
   */
  readonly module: URL | string | SweptModule<Point, Data, Prepared>;
  /**
   * What the module works on: objects and lists of numbers, text, typed arrays, matrices and panels. Typed arrays go to
   * workers through shared memory where there is such; else each worker gets one copy.
   */
  readonly data?: Data;
  /**
   * Workers; 0 is this thread. Needs a module by its address. Results are the same in every bit for any number.
   * @defaultValue 0
   */
  readonly workers?: number;
  /** The library workerpool itself, for workers in a bundle: in a browser nothing is found by its name. */
  readonly pool?: PoolLibrary;
  /** Returns in a year. */
  readonly periodsPerYear: number;
  /**
   * Blocks for the probability of overfitting, even; 0 asks for none.
   * @defaultValue the most, up to 16, with which points × ways to halve the blocks are below 2 · 10⁷
   */
  readonly blocks?: number;
  /**
   * How many of the best points the result keeps; the others' records are dropped.
   * @defaultValue 100
   */
  readonly keep?: number;
  /**
   * Whether records hold their returns.
   * @defaultValue false
   */
  readonly keepReturns?: boolean;
  /**
   * Whether the first point that fails ends the sweep. Else failures are counted and reported.
   * @defaultValue false
   */
  readonly stopOnError?: boolean;
}

export interface SweepProgress {
  /** Points done. */
  readonly done: number;
  readonly points: number;
}

/** A sweep that has been read. */
export interface SweepPlan<Point extends ParameterPoint> {
  readonly sets: ParameterSets<Point>;
  readonly module: URL | string | SweptModule<ParameterPoint, unknown, unknown>;
  readonly data: unknown;
  readonly workers: number;
  readonly pool: PoolLibrary | undefined;
  readonly context: Required<SweepRecordOptions>;
  /** Whether the probability of overfitting is asked for. */
  readonly overfitting: boolean;
  readonly keep: number;
  readonly stopOnError: boolean;
}

const MOST_WORKERS = 1024;
const MOST_WORK = 2e7;
/** C(S, S ÷ 2). */
const WAYS: readonly (readonly [blocks: number, ways: number])[] = [
  [16, 12_870],
  [14, 3432],
  [12, 924],
  [10, 252],
  [8, 70],
];

function blocksFor(points: number): number {
  return WAYS.find(([, ways]) => points * ways <= MOST_WORK)?.[0] ?? 6;
}

function requireModule(module: unknown, workers: number): URL | string {
  const isAddress = typeof module === "string" || module instanceof URL;
  if (isAddress || (workers === 0 && typeof (module as SweptModule | null)?.evaluate === "function")) {
    return module as URL | string;
  }
  const rule =
    workers > 0
      ? "the address of a module where workers are asked for"
      : "a module's address, or { evaluate }";
  throw new QuantError("option", `module must be ${rule}, got ${show(module)}`, { argument: "module" });
}

function requirePool(pool: PoolLibrary | undefined): PoolLibrary | undefined {
  if (pool === undefined || typeof pool?.pool === "function") return pool;
  throw new QuantError("option", `pool must be the library workerpool, got ${show(pool)}`, {
    argument: "pool",
  });
}

function requireBlocks(given: number): number {
  const blocks = requireInteger("blocks", given, 0, 20);
  if (blocks % 2 === 0) return blocks;
  throw new QuantError("range", `blocks must be even, got ${blocks}: halves are equally long`, {
    argument: "blocks",
    value: blocks,
  });
}

export function readSweep<Point extends ParameterPoint, Data, Prepared>(
  spec: SweepSpec<Point, Data, Prepared>,
): SweepPlan<Point> {
  requireKnownOptions(
    spec,
    [
      "parameters",
      "module",
      "data",
      "workers",
      "pool",
      "periodsPerYear",
      "blocks",
      "keep",
      "keepReturns",
      "stopOnError",
    ],
    "spec",
  );
  const { workers = 0, keep = 100, keepReturns = false, stopOnError = false } = spec;
  requireInteger("workers", workers, 0, MOST_WORKERS);
  requireInteger("keep", keep, 1);
  requireBoolean("stopOnError", stopOnError);
  const sets = requireParameterSets<Point>(spec.parameters);
  const blocks = requireBlocks(spec.blocks ?? blocksFor(sets.length));
  return {
    sets,
    module: requireModule(spec.module, workers),
    data: spec.data,
    workers,
    pool: requirePool(spec.pool),
    context: {
      periodsPerYear: requirePositive("periodsPerYear", spec.periodsPerYear),
      blocks: Math.max(1, blocks),
      keepReturns: requireBoolean("keepReturns", keepReturns),
    },
    overfitting: blocks > 0,
    keep,
    stopOnError,
  };
}
