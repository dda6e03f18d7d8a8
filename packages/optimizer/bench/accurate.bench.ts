import { type Ladder, ladder, within } from "@astra-quant/bench";
import { Osqp } from "@astra-quant/optimizer";
import { control, densePortfolio, factorPortfolio, type Program, supportVectors } from "./programs.ts";
import { highsSolver, quadprog } from "./qp-peers.ts";
import { conformanceCases, programOf, publishedCases, type StoredCase } from "./stored-programs.ts";

/** Each from cold, its own setup included, to the accuracy that exact methods have. */
function accurateLadder(
  name: string,
  sizes: readonly number[],
  program: (n: number) => Program,
  definite = false,
): Ladder {
  return ladder({
    name,
    sizes,
    describe: (n) => `n = ${n}`,
    prepare: (n) => {
      const problem = program(n);
      return {
        ours: () => new Osqp(problem, { accurate: true }).solve().x,
        peers: { HiGHS: highsSolver(problem), ...(definite && { quadprog: quadprog(problem) }) },
        disagreement: within(1e-6),
      };
    },
  });
}

/** Programs that HiGHS does not solve: it goes on for minutes, and it ends 1 % above the optimum. */
const NOT_BY_HIGHS: ReadonlySet<string> = new Set(["QGROW7", "QSHARE1B"]);
const SMALL = 20;

function isContested({ name, q, truth }: StoredCase): boolean {
  return q.length > SMALL && (truth === undefined || truth.status === "solved") && !NOT_BY_HIGHS.has(name);
}

/** The stored programs; x need not be unique, so what it costs is compared. */
const stored: Ladder = ladder({
  name: "QP, accurate: conformance",
  sizes: [...conformanceCases(), ...publishedCases()].filter(isContested),
  describe: ({ name }) => name,
  prepare: (one) => {
    const program = programOf(one);
    return {
      ours: () => new Osqp(program, { accurate: true }).solve().x,
      peers: { HiGHS: highsSolver(program) },
      disagreement: (ours, theirs) => {
        const [least, other] = [ours, theirs].map((x) => objective(program, x as Float64Array)) as [
          number,
          number,
        ];
        const apart = Math.abs(least - other) / Math.max(1, Math.abs(least));
        return apart <= 1e-5 ? undefined : `objective ${other} instead of ${least}`;
      },
    };
  },
});

function objective({ P, q }: Program, x: Float64Array): number {
  const curvature = P.multiplySymmetric(x);
  let sum = 0;
  for (let j = 0; j < x.length; j++) sum += x[j]! * (0.5 * curvature[j]! + q[j]!);
  return sum;
}

const ladders: readonly Ladder[] = [
  stored,
  accurateLadder("QP, accurate: portfolio, dense", [20, 50, 100, 200], densePortfolio, true),
  accurateLadder("QP, accurate: portfolio, factors", [20, 50, 200], factorPortfolio),
  accurateLadder("QP, accurate: support vectors", [10, 30], supportVectors),
  accurateLadder("QP, accurate: control", [4, 12], control),
];
export default ladders;
