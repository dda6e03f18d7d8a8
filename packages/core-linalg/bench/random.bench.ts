import { type Ladder, ladder, type Outcome } from "@astra-quant/bench";
import { createRandom, mean, variance } from "@astra-quant/core-linalg";
import { randomNormal } from "d3-random";
import seedrandom from "seedrandom";

/** Different generators cannot agree in numbers: they must agree in law, here in their first two moments. */
function sameLaw(ours: Outcome, theirs: Outcome): string | undefined {
  for (const [who, outcome] of [
    ["ours", ours],
    ["theirs", theirs],
  ] as const) {
    const draws = outcome as Float64Array;
    const error = 5 / Math.sqrt(draws.length);
    if (Math.abs(mean(draws)) > error) return `the mean of ${who} is ${mean(draws)}`;
    if (Math.abs(variance(draws) - 1) > error * Math.SQRT2)
      return `the variance of ${who} is ${variance(draws)}`;
  }
  return undefined;
}

const normals: Ladder = ladder({
  name: "standard normals",
  sizes: [1000, 100_000, 1_000_000],
  describe: (count) => `${count} draws`,
  prepare: (count) => {
    const random = createRandom("bench");
    const out = new Float64Array(count);
    const theirs = new Float64Array(count);
    const draw = randomNormal.source(seedrandom("bench"))();
    return {
      ours: () => random.fillNormal(out),
      peers: {
        "d3-random with seedrandom": {
          run: () => {
            for (let i = 0; i < count; i++) theirs[i] = draw();
            return theirs;
          },
        },
        numpy: { python: "standard_normal", inputs: { count } },
      },
      disagreement: sameLaw,
    };
  },
});

const ladders: readonly Ladder[] = [normals];
export default ladders;
