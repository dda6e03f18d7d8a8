import { type Ladder, ladder, within } from "@astra-quant/bench";
import { Osqp } from "@astra-quant/optimizer";
import { control, densePortfolio, factorPortfolio, type Program, supportVectors } from "./programs.ts";
import { highsSolver, quadprog } from "./qp-peers.ts";

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

const ladders: readonly Ladder[] = [
  accurateLadder("QP, accurate: portfolio, dense", [20, 50, 100, 200], densePortfolio, true),
  accurateLadder("QP, accurate: portfolio, factors", [20, 50, 200], factorPortfolio),
  accurateLadder("QP, accurate: support vectors", [10, 30], supportVectors),
  accurateLadder("QP, accurate: control", [4, 12], control),
];
export default ladders;
