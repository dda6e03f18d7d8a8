import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Ladder, ladder } from "@astra-quant/bench";
import { CscMatrix } from "@astra-quant/core-linalg";
import { Osqp, type QpSettings } from "@astra-quant/optimizer";
import type { Program } from "./programs.ts";
import { inputsOf } from "./qp-peers.ts";

interface StoredMatrix {
  readonly m: number;
  readonly n: number;
  readonly p: number[];
  readonly i: number[];
  readonly x: number[];
}

interface StoredCase {
  readonly name: string;
  readonly P: StoredMatrix;
  readonly q: number[];
  readonly A: StoredMatrix;
  readonly l: number[];
  readonly u: number[];
  readonly settings?: Partial<QpSettings>;
  readonly expected: { readonly iterations: number };
  /** The count depends on rounding. */
  readonly roundingSensitive?: boolean;
}

const folder = fileURLToPath(new URL("../../../../shared/golden/qp", import.meta.url));

const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));

/** The conformance data's problems beyond twenty variables, and those of Maros and Mészáros; none where they are not. */
function storedCases(): StoredCase[] {
  if (!existsSync(folder)) return [];
  const { cases } = read("raw.json") as { cases: StoredCase[] };
  const solved = cases.filter(({ q, expected }) => q.length > 20 && expected.iterations > 0);
  const published = readdirSync(folder).filter((name) => name.startsWith("mm-"));
  return [...solved, ...published.map((name) => read(name) as StoredCase)];
}

const columnsOf = ({ m, n, p, i, x }: StoredMatrix): CscMatrix =>
  CscMatrix.of({
    rows: m,
    columns: n,
    columnPointers: Int32Array.from(p),
    rowIndices: Int32Array.from(i),
    values: Float64Array.from(x),
  });

function programOf({ P, q, A, l, u }: StoredCase): Program {
  return {
    P: columnsOf(P),
    q: Float64Array.from(q),
    A: columnsOf(A),
    l: Float64Array.from(l),
    u: Float64Array.from(u),
  };
}

/** The settings in the reference's spelling. */
function settingsForOsqp(settings: Partial<QpSettings>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      Number(value),
    ]),
  );
}

const conformance: Ladder = ladder({
  name: "QP: conformance",
  sizes: storedCases(),
  describe: ({ name }) => name,
  prepare: (stored) => {
    const program = programOf(stored);
    const { settings = {}, roundingSensitive = false } = stored;
    const ours = { ...settings, certify: false }; // OSQP does not ask either
    return {
      ours: () => {
        const { statusVal, info } = new Osqp(program, ours).solve();
        return [statusVal, info.iterations];
      },
      peers: {
        OSQP: { python: "osqp_case", inputs: { ...inputsOf(program), ...settingsForOsqp(settings) } },
      },
      disagreement: (mine, theirs) => {
        const [status, iterations] = mine as number[];
        const [theirStatus, theirIterations] = theirs as Float64Array;
        if (status !== theirStatus) return `status ${theirStatus} instead of ${status}`;
        if (roundingSensitive || iterations === theirIterations) return undefined;
        return `${theirIterations} iterations instead of ${iterations}`;
      },
    };
  },
});

const ladders: readonly Ladder[] = [conformance];
export default ladders;
