import { type Ladder, ladder } from "@astra-quant/bench";
import { Osqp, type QpSettings } from "@astra-quant/optimizer";
import { inputsOf } from "./qp-peers.ts";
import { conformanceCases, programOf, publishedCases } from "./stored-programs.ts";

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
  sizes: [...conformanceCases(), ...publishedCases()],
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
