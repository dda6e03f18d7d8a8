import { type Ladder, ladder, type Peer, within } from "@astra-quant/bench";
import { Osqp, type QpSettings } from "@astra-quant/optimizer";
import { control, densePortfolio, factorPortfolio, type Program, supportVectors } from "./programs.ts";
import { highsSolver, inputsOf, quadprog } from "./qp-peers.ts";

const ACCURATE: Partial<QpSettings> = { epsAbs: 1e-6, epsRel: 1e-6, polishing: true };

interface QpLadder {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly program: (n: number) => Program;
  /** Sought to 1e-6 and polished, as peers that know no other accuracy do; at the defaults else. */
  readonly accurate: boolean;
  /** What else can take part at this size. */
  readonly peers?: (program: Program, n: number) => Readonly<Record<string, Peer>>;
}

/** Each sets the solver up and solves from cold; OSQP has our settings and so goes to the same point. */
function qpLadder({ name, sizes, program, accurate, peers = () => ({}) }: QpLadder): Ladder {
  return ladder({
    name,
    sizes,
    describe: (n) => `n = ${n}`,
    prepare: (n) => {
      const problem = program(n);
      const settings = { ...(accurate && ACCURATE), certify: false }; // OSQP does not ask either
      return {
        ours: () => new Osqp(problem, settings).solve().x,
        peers: {
          OSQP: { python: "osqp_program", inputs: { ...inputsOf(problem), accurate: Number(accurate) } },
          ...peers(problem, n),
        },
        disagreement: within(1e-5),
      };
    },
  });
}

const ladders: readonly Ladder[] = [
  qpLadder({
    name: "QP: portfolio, dense",
    sizes: [20, 50, 100, 200, 500, 1000],
    program: densePortfolio,
    accurate: true,
    peers: (program, n) => ({
      ...(n <= 200 && { quadprog: quadprog(program) }),
      ...(n <= 500 && { HiGHS: highsSolver(program) }),
    }),
  }),
  qpLadder({
    name: "QP: portfolio, factors",
    sizes: [20, 50, 200, 500, 1000, 3000],
    program: factorPortfolio,
    accurate: true,
    peers: (program, n) => (n <= 500 ? { HiGHS: highsSolver(program) } : {}),
  }),
  qpLadder({
    name: "QP: support vectors",
    sizes: [10, 30, 100],
    program: supportVectors,
    accurate: false,
  }),
  qpLadder({ name: "QP: control", sizes: [4, 12, 30, 60], program: control, accurate: false }),
];
export default ladders;
