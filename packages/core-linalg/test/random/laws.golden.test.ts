import { fixture } from "@astra-quant/testkit";
import seedrandom from "seedrandom";
import { describe, expect, test } from "vitest";
import { createRandom, type RandomSource, randomFrom } from "../../src/index.ts";

interface LawTruth {
  law: "gamma" | "chiSquare" | "studentT" | "exponential" | "normal" | "uniform";
  parameters: number[];
  points: number[];
  below: number[];
}

const truth: LawTruth[] = fixture(import.meta.url, "laws.json").laws;

/** Every law has 25 points; 18 laws of three generators stay below five standard errors but for 1 seed in 1,300. */
const FAR = 5;

function draw(random: RandomSource, count: number, law: LawTruth["law"], [a = 1, b]: number[]): Float64Array {
  const out = new Float64Array(count);
  switch (law) {
    case "gamma":
      return random.fillGamma(out, a, b);
    case "chiSquare":
      return random.fillChiSquare(out, a);
    case "studentT":
      return random.fillStudentT(out, a);
    case "exponential":
      return random.fillExponential(out);
    case "normal":
      return random.fillNormal(out);
    case "uniform":
      return random.fillUniform(out);
  }
}

/** The largest distance, in standard errors, of a sample's share below a point from the law's probability. */
function worstDeviation(draws: Float64Array, { points, below }: LawTruth): number {
  const sorted = draws.slice().sort();
  let worst = 0;
  let at = 0;
  points.forEach((x, i) => {
    while (at < sorted.length && sorted[at]! <= x) at++;
    const p = below[i]!;
    worst = Math.max(worst, Math.abs(at / draws.length - p) / Math.sqrt((p * (1 - p)) / draws.length));
  });
  return worst;
}

const sources = {
  squares64: () => createRandom("laws"),
  philox: () => createRandom("laws", { generator: "philox" }),
  seedrandom: () => randomFrom(seedrandom("laws")),
};

for (const [name, create] of Object.entries(sources)) {
  describe(`draws of ${name} lie below scipy's points as often as they must`, () => {
    for (const [i, law] of truth.entries()) {
      test(`${law.law}(${law.parameters.join(", ")})`, () => {
        const random = create();
        if ("fork" in random) (random as ReturnType<typeof createRandom>).skip(i * 1_000_000);
        expect(
          worstDeviation(draw(random, name === "squares64" ? 200_000 : 50_000, law.law, law.parameters), law),
        ).toBeLessThan(FAR);
      });
    }
  });
}

describe("the comparison sees a wrong law", () => {
  for (const law of truth.filter(({ parameters }) => parameters.length > 0)) {
    const wrong = law.parameters.map((p, i) =>
      i === 0 ? p * (p > 10 && law.law === "studentT" ? 0.7 : 1.05) : p,
    );
    test(`${law.law}(${wrong.join(", ")}) is not ${law.law}(${law.parameters.join(", ")})`, () => {
      expect(worstDeviation(draw(createRandom("power"), 200_000, law.law, wrong), law)).toBeGreaterThan(FAR);
    });
  }
});
