import { cholesky, choleskySolve, Matrix, type VectorLike } from "@astra-quant/core-linalg";
import {
  isVector,
  QuantError,
  requireFinite,
  requireFiniteVector,
  requireKnownOptions,
  requireOneOf,
} from "@astra-quant/core-linalg/guards";
import type { Moves, ShockScenario } from "./scenario.ts";
import { type Positions, requireCovariance, requireExposures, requireNamed } from "./stress-book.ts";

/** A return for each asset, and where it came from. */
export interface Shock {
  readonly returns: Float64Array;
  readonly reasons: readonly string[];
}

const FIELDS = [
  "name",
  "volatilityMultiple",
  "correlation",
  "assets",
  "groups",
  "classes",
  "everything",
  "factors",
  "others",
];

function movesOf(kind: string, moves: Moves): [string, number][] {
  requireFiniteMoves(kind, moves);
  return Object.entries(moves);
}

function requireFiniteMoves(kind: string, moves: Moves): void {
  if (typeof moves !== "object" || moves === null || isVector(moves)) {
    throw new QuantError("data", `${kind} must be an object of moves by name`, { argument: kind });
  }
  for (const [name, move] of Object.entries(moves)) requireFinite(`${kind}.${name}`, move);
}

/** The direct moves, the most particular last, so that it holds. */
class DirectMoves {
  readonly returns: Float64Array;
  readonly reasons: (string | undefined)[];

  constructor(n: number) {
    this.returns = new Float64Array(n);
    this.reasons = new Array(n).fill(undefined);
  }

  set(i: number, move: number, reason: string): void {
    this.returns[i] = move;
    this.reasons[i] = reason;
  }
}

function assetMoves(assets: Moves | VectorLike, book: Positions): [number, number][] {
  if (isVector(assets)) {
    return Array.from(requireFiniteVector("assets", assets, book.assets.length), (move, i) => [i, move]);
  }
  const places = new Map(book.assets.map((name, i) => [name, i]));
  return movesOf("assets", assets).map(([name, move]) => [requireNamed("asset", places, name), move]);
}

/** Each group's move for its members; an asset that two groups move must have a move of its own. */
function setGroups(direct: DirectMoves, groups: Moves, book: Positions, own: ReadonlySet<number>): void {
  const movedBy = new Map<number, string>();
  for (const [name, move] of movesOf("groups", groups)) {
    for (const i of requireNamed("group", book.groups, name)) {
      const other = movedBy.get(i);
      if (other !== undefined && other !== name && !own.has(i)) {
        throw new QuantError(
          "data",
          `asset '${book.assets[i]}' is moved by two groups, '${other}' and '${name}': give it a move of its own`,
          { asset: book.assets[i], groups: [other, name] },
        );
      }
      movedBy.set(i, name);
      direct.set(i, move, `group ${name}`);
    }
  }
}

function directMoves(scenario: ShockScenario, book: Positions): DirectMoves {
  const { assets = {}, groups = {}, classes = {}, everything } = scenario;
  const direct = new DirectMoves(book.assets.length);
  if (everything !== undefined) {
    requireFinite("everything", everything);
    for (let i = 0; i < book.assets.length; i++) direct.set(i, everything, "everything");
  }
  for (const [name, move] of movesOf("classes", classes)) {
    for (const i of requireNamed("class", book.classes, name)) direct.set(i, move, `class ${name}`);
  }
  const own = assetMoves(assets, book);
  setGroups(direct, groups, book, new Set(own.map(([i]) => i)));
  for (const [i, move] of own) direct.set(i, move, `asset ${book.assets[i]}`);
  return direct;
}

/** E[r_u | r_s] = Σ_us Σ_ss⁻¹ r_s */
function expectOthers(direct: DirectMoves, book: Positions): void {
  const S = requireCovariance(book, "others: 'conditional'");
  const n = S.rows;
  const moved = Array.from(direct.reasons.keys()).filter((i) => direct.reasons[i] !== undefined);
  if (moved.length === 0 || moved.length === n) return;
  const factor = cholesky(Matrix.fromRows(moved.map((i) => moved.map((j) => S.data[i * n + j]!))));
  if (factor.status !== "ok") {
    throw new QuantError(
      "data",
      `the covariance of the moved assets must be positive definite, but its Cholesky pivot ${factor.pivot} is not positive`,
      { argument: "covariance", pivot: factor.pivot },
    );
  }
  const pull = choleskySolve(
    factor.L,
    moved.map((i) => direct.returns[i]!),
  );
  const reason = `expected given ${moved.length > 3 ? `${moved.length} assets` : moved.map((i) => book.assets[i]).join(", ")}`;
  for (let u = 0; u < n; u++) {
    if (direct.reasons[u] !== undefined) continue;
    const move = moved.reduce((sum, i, k) => sum + S.data[u * n + i]! * pull[k]!, 0);
    direct.set(u, move, reason);
  }
}

/** The return of each asset under one shock, direct moves first and factors on top. */
export function shockReturns(scenario: ShockScenario, book: Positions): Shock {
  requireKnownOptions(scenario, FIELDS, "scenario");
  const { factors = {}, others = "unmoved" } = scenario;
  requireOneOf("others", others, ["unmoved", "conditional"]);
  const pushes = movesOf("factors", factors).map(([name, move]) => ({
    name,
    move,
    loadings: requireExposures(book, name),
  }));
  const direct = directMoves(scenario, book);
  if (others === "conditional") {
    if (pushes.length > 0) {
      throw new QuantError("option", "others: 'conditional' is not for scenarios with factors", {
        argument: "others",
      });
    }
    expectOthers(direct, book);
  }
  const returns = direct.returns.map((move, i) =>
    pushes.reduce((sum, { move: push, loadings }) => sum + push * loadings[i]!, move),
  );
  const through = pushes.map(({ name }) => `factor ${name}`);
  const reasons = direct.reasons.map((reason) => {
    const all = reason === undefined ? through : [reason, ...through];
    return all.length > 0 ? all.join(" + ") : "unmoved";
  });
  return { returns, reasons };
}
