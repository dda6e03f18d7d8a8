import type { Matrix, MatrixLike, VectorLike } from "@astra-quant/core-linalg";
import {
  nearestName,
  QuantError,
  requireFiniteVector,
  requireKnownOptions,
  requirePositive,
  show,
} from "@astra-quant/core-linalg/guards";
import { requireSemidefiniteCovariance } from "../var/covariance.ts";

/** A book and what is known of its assets. Everything but the positions is needed only by scenarios that use it. */
export interface StressBook {
  /** n fractions of capital, negative when short; or `notionals`. */
  readonly weights?: VectorLike;
  /** n market values in money, negative when short; `capital` says what they are held with. */
  readonly notionals?: VectorLike;
  /** Equity, > 0, in money. @defaultValue 1 with weights: results are fractions of capital */
  readonly capital?: number;
  /** n names. @defaultValue "0", "1", … */
  readonly assets?: readonly string[];
  /** n betas to the market. */
  readonly betas?: VectorLike;
  /** n exposures to each factor, by its name. */
  readonly exposures?: Readonly<Record<string, VectorLike>>;
  /** n names of asset classes. */
  readonly classes?: readonly string[];
  /** Members of each group, by name or by index from 0. */
  readonly groups?: Readonly<Record<string, readonly (string | number)[]>>;
  /** n×n covariance of the returns of one day. */
  readonly covariance?: MatrixLike;
}

/** A {@link StressBook} that was looked at. */
export interface Positions {
  readonly assets: readonly string[];
  /** Money. */
  readonly notionals: Float64Array;
  readonly capital: number;
  readonly exposures: ReadonlyMap<string, Float64Array>;
  /** Indices of the members. */
  readonly groups: ReadonlyMap<string, readonly number[]>;
  readonly classes: ReadonlyMap<string, readonly number[]>;
  readonly covariance: Matrix | undefined;
}

const FIELDS = [
  "weights",
  "notionals",
  "capital",
  "assets",
  "betas",
  "exposures",
  "classes",
  "groups",
  "covariance",
];

function requireNotionals({
  weights,
  notionals,
  capital,
}: StressBook): Pick<Positions, "notionals" | "capital"> {
  if ((weights === undefined) === (notionals === undefined)) {
    const got = weights === undefined ? "neither" : "both";
    throw new QuantError("option", `a book has either weights or notionals, got ${got}`, {
      argument: "book",
    });
  }
  if (notionals !== undefined) {
    const equity = requirePositive("capital", capital);
    return { notionals: requirePositionVector("notionals", notionals), capital: equity };
  }
  const equity = requirePositive("capital", capital ?? 1);
  const w = requirePositionVector("weights", weights!);
  return { notionals: w.map((weight) => weight * equity), capital: equity };
}

function requirePositionVector(name: string, x: VectorLike): Float64Array {
  const positions = requireFiniteVector(name, x);
  if (positions.length > 0) return positions;
  throw new QuantError("shape", `${name} must have at least one entry, got 0`, { argument: name });
}

/** n names, no two alike where they must tell assets apart. */
function requireNames(name: string, names: unknown, length: number, distinct: boolean): readonly string[] {
  if (!Array.isArray(names) || names.length !== length) {
    const got = Array.isArray(names) ? names.length : show(names);
    throw new QuantError("shape", `${name} must hold ${length} names, got ${got}`, { argument: name });
  }
  const strange = names.findIndex((entry) => typeof entry !== "string");
  if (strange >= 0) {
    throw new QuantError("data", `${name}[${strange}] must be a name, got ${show(names[strange])}`, {
      argument: name,
      index: strange,
    });
  }
  if (distinct && new Set(names).size < length) {
    const twice = names.find((entry, i) => names.indexOf(entry) !== i);
    throw new QuantError("data", `asset ${show(twice)} occurs twice`, { argument: name, asset: twice });
  }
  return names;
}

/** The entry of that name; a refusal lists or guesses what there is. */
export function requireNamed<T>(kind: string, map: ReadonlyMap<string, T>, name: string): T {
  const found = map.get(name);
  if (found !== undefined) return found;
  const known = [...map.keys()];
  const near = nearestName(name, known);
  const hint = near
    ? `did you mean '${near}'?`
    : `the book has ${known.length > 0 ? known.slice(0, 12).join(", ") : "none"}`;
  throw new QuantError("data", `no ${kind} ${show(name)}; ${hint}`, { [kind]: name, known });
}

/** n exposures to a factor: betas to the market. */
export function requireExposures({ exposures }: Positions, factor: string): Float64Array {
  if (factor !== "market" || exposures.has(factor)) return requireNamed("factor", exposures, factor);
  throw new QuantError("option", "a move of the market needs the book's betas", { argument: "betas" });
}

function groupMembers(
  name: string,
  members: readonly (string | number)[],
  places: ReadonlyMap<string, number>,
): number[] {
  if (!Array.isArray(members)) {
    throw new QuantError("shape", `groups.${name} must be an array of assets, got ${show(members)}`, {
      argument: `groups.${name}`,
    });
  }
  return members.map((member) => {
    if (typeof member === "string") return requireNamed("asset", places, member);
    if (Number.isInteger(member) && member >= 0 && member < places.size) return member;
    throw new QuantError("data", `groups.${name} must hold assets of the book, got ${show(member)}`, {
      argument: `groups.${name}`,
      member,
    });
  });
}

function membersOfClasses(classes: readonly string[]): Map<string, number[]> {
  const members = new Map<string, number[]>();
  classes.forEach((name, i) => {
    members.set(name, [...(members.get(name) ?? []), i]);
  });
  return members;
}

function factorExposures({ betas, exposures = {} }: StressBook, n: number): Map<string, Float64Array> {
  const found = new Map(
    Object.entries(exposures).map(([name, x]) => [name, requireFiniteVector(`exposures.${name}`, x, n)]),
  );
  if (betas === undefined) return found;
  if (found.has("market")) {
    throw new QuantError("option", "betas are the exposures to the market, and the book has both", {
      argument: "betas",
    });
  }
  return found.set("market", requireFiniteVector("betas", betas, n));
}

/** The book's positions and facts, each lawful and of one length. */
export function requireBook(book: StressBook): Positions {
  requireKnownOptions(book, FIELDS, "book");
  const { notionals, capital } = requireNotionals(book);
  const n = notionals.length;
  const assets = requireNames("assets", book.assets ?? Array.from(notionals, (_, i) => String(i)), n, true);
  const places = new Map(assets.map((name, i) => [name, i]));
  const covariance =
    book.covariance === undefined ? undefined : requireSemidefiniteCovariance(book.covariance);
  if (covariance !== undefined && covariance.rows !== n) {
    throw new QuantError(
      "shape",
      `covariance must be ${n}×${n}, got ${covariance.rows}×${covariance.columns}`,
      {
        argument: "covariance",
      },
    );
  }
  const classes = book.classes === undefined ? [] : requireNames("classes", book.classes, n, false);
  const groups = Object.entries(book.groups ?? {});
  return {
    assets,
    notionals,
    capital,
    exposures: factorExposures(book, n),
    groups: new Map(groups.map(([name, members]) => [name, groupMembers(name, members, places)])),
    classes: membersOfClasses(classes),
    covariance,
  };
}

/** The covariance of a book, where a scenario cannot do without. */
export function requireCovariance({ covariance }: Positions, purpose: string): Matrix {
  if (covariance !== undefined) return covariance;
  throw new QuantError("option", `${purpose} needs the book's covariance`, { argument: "covariance" });
}
