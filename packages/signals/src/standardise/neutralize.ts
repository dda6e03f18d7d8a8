import { leastSquares, Matrix, QuantError, type TableLike, type TableOf } from "@astra-quant/core-linalg";
import { inKindOf, requireKnownOptions, requireTable, show } from "@astra-quant/core-linalg/guards";

export interface NeutralizeOptions<X extends TableLike> {
  /**
   * What the answer shall not be a bet on, by name: `{ market: betas, size: logCaps }`. Each is time × assets like the
   * signal, or one row of them (1 × assets) that holds at all times. @defaultValue none
   */
  readonly exposures?: Readonly<Record<string, TableLike>>;
  /** The sector of each asset: the answer adds up to 0 within each. @defaultValue one for all */
  readonly sectors?: readonly string[];
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

function requireExposure(name: string, x: TableLike, rows: number, columns: number): Matrix {
  const table = requireTable(`exposures.${name}`, x);
  if (table.columns === columns && (table.rows === rows || table.rows === 1)) return table;
  const wanted = rows === 1 ? `1×${columns}` : `${rows}×${columns} or 1×${columns}`;
  throw new QuantError("shape", `exposures.${name} must be ${wanted}, got ${table.rows}×${table.columns}`, {
    argument: `exposures.${name}`,
  });
}

/** The number of each asset's sector. */
function sectorNumbers(sectors: readonly string[] | undefined, columns: number): Int32Array {
  if (sectors === undefined) return new Int32Array(columns);
  if (!Array.isArray(sectors) || sectors.length !== columns) {
    throw new QuantError(
      "shape",
      `sectors must have ${columns} entries, one an asset, got ${show(sectors)}`,
      {
        argument: "sectors",
      },
    );
  }
  const names = [...new Set(sectors)];
  return Int32Array.from(sectors, (sector) => names.indexOf(sector));
}

/** Takes from each value the mean of its sector. */
function demean(values: Float64Array, sectors: Int32Array): void {
  const count = sectors.reduce((most, sector) => Math.max(most, sector + 1), 0);
  const sums = new Float64Array(count);
  const members = new Float64Array(count);
  for (let i = 0; i < values.length; i++) {
    sums[sectors[i]!]! += values[i]!;
    members[sectors[i]!]!++;
  }
  for (let i = 0; i < values.length; i++) values[i]! -= sums[sectors[i]!]! / members[sectors[i]!]!;
}

const lengthOf = (x: Float64Array): number => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));

/**
 * An exposure within its sectors at length 1; undefined where it is the same for all, to rounding, and so says no more
 * than the sectors do.
 */
function withinSectors(exposure: Float64Array, sectors: Int32Array): Float64Array | undefined {
  const whole = lengthOf(exposure);
  demean(exposure, sectors);
  const rest = lengthOf(exposure);
  if (!(rest > 8 * exposure.length * Number.EPSILON * whole)) return undefined;
  return exposure.map((value) => value / rest);
}

/**
 * The part of a signal that is no bet on its exposures: at each time the residuals of a regression of the signal across
 * assets on a constant for each sector (one for all without `sectors`) and on the exposures. So they add up to 0 within
 * each sector and are at right angles to each exposure. By the theorem of Frisch, Waugh and Lovell the constants are
 * taken out first, as means.
 *
 * `signal` is time × assets (a matrix or `Panel`); the answer has its form, size and unit. An asset whose signal or
 * exposure is not finite is left out of that time's regression and NaN. NaN for the whole row where no more assets are
 * present than there are sectors and exposures.
 *
 * @throws QuantError "shape" for exposures, sectors or `out` that do not fit the signal.
 */
export function neutralize<X extends TableLike>(signal: X, options: NeutralizeOptions<X> = {}): TableOf<X> {
  requireKnownOptions(options, ["exposures", "sectors", "out"]);
  const { exposures = {}, sectors, out } = options;
  requireKnownOptions(exposures, Object.keys(exposures ?? {}), "exposures");
  const { rows, columns, data } = requireTable("signal", signal);
  const tables = Object.entries(exposures).map(([name, x]) => requireExposure(name, x, rows, columns));
  const numbers = sectorNumbers(sectors, columns);
  const answer = new Matrix(rows, columns);
  answer.data.fill(Number.NaN);
  for (let t = 0; t < rows; t++) {
    const exposureAt = ({ data: x, rows: length }: Matrix, j: number): number =>
      x[(length === 1 ? 0 : t * columns) + j]!;
    const present = Int32Array.from({ length: columns }, (_, j) => j).filter(
      (j) => Number.isFinite(data[t * columns + j]) && tables.every((x) => Number.isFinite(exposureAt(x, j))),
    );
    const own = present.map((j) => numbers[j]!);
    if (present.length <= new Set(own).size + tables.length) continue;
    const residuals = Float64Array.from(present, (j) => data[t * columns + j]!);
    demean(residuals, own);
    const loadings = tables.flatMap(
      (x) =>
        withinSectors(
          Float64Array.from(present, (j) => exposureAt(x, j)),
          own,
        ) ?? [],
    );
    const rest = loadings.length === 0 ? residuals : residualsOn(loadings, residuals);
    for (let i = 0; i < present.length; i++) answer.data[t * columns + present[i]!] = rest[i]!;
  }
  return inKindOf(signal, answer, out);
}

function residualsOn(loadings: readonly Float64Array[], values: Float64Array): Float64Array {
  if (!values.every(Number.isFinite)) return values.fill(Number.NaN);
  const A = new Matrix(values.length, loadings.length);
  loadings.forEach((loading, j) => {
    for (let i = 0; i < loading.length; i++) A.set(i, j, loading[i]!);
  });
  return leastSquares(A, values).residuals;
}
