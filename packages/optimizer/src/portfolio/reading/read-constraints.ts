import { QuantError } from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireKnownOptions,
  requireNonNegative,
  show,
} from "@astra-quant/core-linalg/guards";
import { lasting } from "../../scratch.ts";
import type { BoxLimit, PortfolioProblem, RowLimit, SizeLimit } from "../problem/problem.ts";
import type { ExposureLimits, GroupLimits, PortfolioConstraints } from "../spec.ts";
import { readBounds, readVector, requireBound } from "./per-asset.ts";
import { readMembers } from "./read-assets.ts";
import { readParticipation } from "./read-participation.ts";

/** What the user named, and what it is asked for in the result, limited or not. */
export interface NamedParts {
  readonly groups: readonly { readonly name: string; readonly members: Uint8Array }[];
  readonly exposures: readonly { readonly name: string; readonly loadings: Float64Array }[];
  /** What a unit of weight traded is of an average day; only where participation is limited. */
  readonly ofDay?: Float64Array;
}

interface ReadConstraints {
  readonly limits: Pick<PortfolioProblem, "lower" | "upper" | "boxes" | "rows" | "sizes">;
  readonly parts: NamedParts;
}

const NAMES = [
  "gross",
  "net",
  "weights",
  "groups",
  "exposures",
  "turnover",
  "participation",
  "expectedReturn",
  "volatility",
];

/** @throws QuantError naming the field, the rule and the value. Limits that exclude each other are no error. */
export function readConstraints(
  constraints: PortfolioConstraints,
  assets: readonly string[],
  expectedReturns: Float64Array | undefined,
  current: Float64Array,
): ReadConstraints {
  requireKnownOptions(constraints, NAMES, "constraints");
  const { gross, net, weights = {}, groups = {}, exposures = {}, turnover } = constraints;
  const { participation, expectedReturn } = constraints;
  requireKnownOptions(weights, ["min", "max"], "constraints.weights");
  const n = assets.length;
  const all = new Uint8Array(n).fill(1);
  const parts = {
    groups: [] as NamedParts["groups"][number][],
    exposures: [] as NamedParts["exposures"][number][],
  };
  const rows: RowLimit[] = [];
  const sizes: SizeLimit[] = [];
  const addRow = (name: string, loadings: Float64Array, min: number, max: number): void => {
    if (min === Number.NEGATIVE_INFINITY && max === Number.POSITIVE_INFINITY) return;
    rows.push({ name, loadings, min, max });
  };
  const addSize = (name: string, of: SizeLimit["of"], members: Uint8Array, max: number): void => {
    if (max < Number.POSITIVE_INFINITY) sizes.push({ name, of, members, max });
  };
  if (gross !== undefined) addSize("gross", "weights", all, readSize("constraints.gross", gross));
  if (net !== undefined) {
    const { min, max } = readNet(net);
    addRow("net", lasting(n).fill(1), min, max);
  }
  for (const [name, group] of entriesOf("constraints.groups", groups)) {
    const path = `constraints.groups.${name}`;
    requireKnownOptions(group, ["members", "min", "max", "gross"], path);
    const members = readMembers(`${path}.members`, (group as GroupLimits).members, assets);
    parts.groups.push({ name, members });
    const { min, max } = readBand(path, group as GroupLimits);
    addRow(`groups.${name}`, membership(members), min, max);
    const { gross: limit } = group as GroupLimits;
    if (limit !== undefined)
      addSize(`groups.${name}.gross`, "weights", members, readSize(`${path}.gross`, limit));
  }
  for (const [name, exposure] of entriesOf("constraints.exposures", exposures)) {
    const path = `constraints.exposures.${name}`;
    requireKnownOptions(exposure, ["loadings", "min", "max"], path);
    const { loadings } = exposure as ExposureLimits;
    const { min, max } = readBand(path, exposure as ExposureLimits);
    const copy = readVector(`${path}.loadings`, loadings, n);
    parts.exposures.push({ name, loadings: copy });
    addRow(`exposures.${name}`, copy, min, max);
  }
  if (turnover !== undefined) addSize("turnover", "trades", all, readSize("constraints.turnover", turnover));
  if (expectedReturn !== undefined) {
    requireKnownOptions(expectedReturn, ["min"], "constraints.expectedReturn");
    const min = requireFinite("constraints.expectedReturn.min", expectedReturn.min);
    if (expectedReturns === undefined) {
      throw new QuantError(
        "shape",
        "expectedReturns must be given to limit the expected return, got undefined",
        {
          argument: "expectedReturns",
        },
      );
    }
    addRow("expectedReturn", expectedReturns, min, Number.POSITIVE_INFINITY);
  }
  const lower = readBounds("constraints.weights.min", weights.min, n, Number.NEGATIVE_INFINITY);
  const upper = readBounds("constraints.weights.max", weights.max, n, Number.POSITIVE_INFINITY);
  const own: BoxLimit = { name: "weights", lower, upper };
  if (participation === undefined) return { limits: { lower, upper, boxes: [own], rows, sizes }, parts };
  const { box, ofDay } = readParticipation(participation, current);
  return {
    limits: {
      lower: lower.map((end, i) => Math.max(end, box.lower[i]!)),
      upper: upper.map((end, i) => Math.min(end, box.upper[i]!)),
      boxes: [own, box],
      rows,
      sizes,
    },
    parts: { ...parts, ofDay },
  };
}

/** The loadings of a sum over members. */
function membership(members: Uint8Array): Float64Array {
  const loadings = lasting(members.length);
  loadings.set(members);
  return loadings;
}

function entriesOf(name: string, given: object): [string, object][] {
  if (given === null || typeof given !== "object" || Array.isArray(given)) {
    throw new QuantError("option", `${name} must be an object of named limits, got ${show(given)}`, {
      argument: name,
    });
  }
  return Object.entries(given);
}

function readSize(name: string, limit: { readonly max: number }): number {
  requireKnownOptions(limit, ["max"], name);
  const { max } = limit;
  return max === Number.POSITIVE_INFINITY ? max : requireNonNegative(`${name}.max`, max);
}

function readBand(
  name: string,
  { min, max }: { readonly min?: number; readonly max?: number },
): { min: number; max: number } {
  return {
    min: requireBound(`${name}.min`, min ?? Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY),
    max: requireBound(`${name}.max`, max ?? Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY),
  };
}

function readNet(net: NonNullable<PortfolioConstraints["net"]>): { min: number; max: number } {
  requireKnownOptions(net, ["min", "max", "equal"], "constraints.net");
  if (!("equal" in net)) return readBand("constraints.net", net);
  requireKnownOptions(net, ["equal"], "constraints.net");
  const equal = requireFinite("constraints.net.equal", net.equal);
  return { min: equal, max: equal };
}
