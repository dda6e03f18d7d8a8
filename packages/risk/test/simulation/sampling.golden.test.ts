import {
  mean,
  normalPdf,
  normalQuantile,
  std,
  studentTPdf,
  studentTQuantile,
} from "@astra-quant/core-linalg";
import { expectClose, fixture, statistical } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  type MonteCarloVar,
  type MonteCarloVarOptions,
  monteCarloVar,
  parametricVar,
} from "../../src/index.ts";

// biome-ignore lint/suspicious/noExplicitAny: a fixture has a shape of its own
const truth: any = fixture(new URL("../var/", import.meta.url).href, "value-at-risk.json");
const book = truth.books.longShort;
const compounded = book.exact.find(
  (law: { confidence: number; drift: number }) => law.confidence === 0.99 && law.drift === 0,
);
const SEEDS = 200;

interface Setting {
  readonly way: Partial<MonteCarloVarOptions>;
  readonly exact: { readonly valueAtRisk: number; readonly expectedShortfall: number };
}

const tenDays = { valueAtRisk: -compounded.quantile, expectedShortfall: compounded.expectedShortfall };
const oneDay = (options: Partial<MonteCarloVarOptions>, confidence = 0.99) =>
  parametricVar({
    weights: book.weights,
    covariance: truth.covariance,
    confidence,
    ...(typeof options.distribution === "object" && "studentT" in options.distribution
      ? { distribution: options.distribution }
      : {}),
  });
const t5 = { distribution: { studentT: 5 } } as const;

/** Ways to simulate, each with the exact figures: ten compounded days by convolution, one day in closed form. */
const settings: Readonly<Record<string, Setting>> = {
  "independent paths": { way: {}, exact: tenDays },
  "one shock a portfolio": { way: { shocks: "portfolio" }, exact: tenDays },
  antithetic: { way: { sampling: "antithetic", shocks: "portfolio" }, exact: tenDays },
  Sobol: {
    way: { sampling: "sobol", shocks: "portfolio", scenarios: 16_384, replicates: 32 },
    exact: tenDays,
  },
  "a control variate": {
    way: { sampling: "control-variate", shocks: "portfolio", scenarios: 50_000 },
    exact: tenDays,
  },
  importance: { way: { sampling: "importance", shocks: "portfolio" }, exact: tenDays },
  "importance at 0.9999": {
    way: { sampling: "importance", shocks: "portfolio", horizon: 1, confidence: 0.9999 },
    exact: oneDay({}, 0.9999),
  },
  "Student t": { way: { ...t5, horizon: 1, scenarios: 20_000 }, exact: oneDay(t5) },
  "Student t, one shock a portfolio": {
    way: { ...t5, horizon: 1, scenarios: 20_000, shocks: "portfolio" },
    exact: oneDay(t5),
  },
};

function runs({ way }: Setting, seeds: number = SEEDS): MonteCarloVar[] {
  return Array.from({ length: seeds }, (_, i) =>
    monteCarloVar({
      weights: book.weights,
      covariance: truth.covariance,
      horizon: 10,
      scenarios: 10_000,
      confidence: 0.99,
      seed: `sampling ${i}`,
      ...way,
    }),
  );
}

const FIGURES = ["valueAtRisk", "expectedShortfall"] as const;
const coverageError = Math.sqrt((0.95 * 0.05) / SEEDS);

describe.each(Object.entries(settings))("%s, over 200 seeds against the exact law", (name, setting) => {
  const all = runs(setting);
  // A t's squares have no variance to speak of: the scatter of its shortfall is wilder than a normal's.
  const wild = name.startsWith("Student") ? 2 : 1;

  test.each(FIGURES)("errors of the %s over their standard error are standard normal", (figure) => {
    const z = all.map((run) => (run[figure] - setting.exact[figure]) / run.standardError[figure]);
    expectClose(mean(z), 0, statistical(wild / Math.sqrt(SEEDS)));
    expectClose(std(z), 1, statistical(wild / Math.sqrt(2 * SEEDS)));
  });

  test("both intervals cover the exact figure 95 times in a hundred", () => {
    const share = (field: "interval" | "shortfallInterval", wanted: number): number =>
      all.filter((run) => run[field].lower <= wanted && wanted <= run[field].upper).length / SEEDS;
    expectClose(share("interval", setting.exact.valueAtRisk), 0.95, statistical(coverageError));
    expectClose(
      share("shortfallInterval", setting.exact.expectedShortfall),
      0.95,
      statistical(wild * coverageError),
    );
  });
});

describe("variance", () => {
  const scatter = (way: Partial<MonteCarloVarOptions>) => {
    const all = runs({ way: { shocks: "portfolio", scenarios: 16_384, ...way }, exact: tenDays }, 40);
    return {
      risk: std(all.map((run) => run.valueAtRisk)),
      shortfall: std(all.map((run) => run.expectedShortfall)),
    };
  };
  const plain = scatter({});

  test.each([
    ["control-variate", 5, 15],
    ["importance", 4, 6],
    ["sobol", 4, 3],
  ] as const)(
    "%s scatters %d times less in the value at risk, %d times in the shortfall, at least",
    (sampling, risk, shortfall) => {
      const reduced = scatter({ sampling });
      expect(plain.risk / reduced.risk).toBeGreaterThan(risk);
      expect(plain.shortfall / reduced.shortfall).toBeGreaterThan(shortfall);
    },
    60_000,
  );
});

describe("other laws on one day", () => {
  const base = {
    weights: [1],
    covariance: [[4e-4]],
    horizon: 1,
    scenarios: 400_000,
    confidence: 0.99,
    seed: "law",
  };

  test.each([
    [
      "a normal",
      (u: number) => 0.02 * normalQuantile(u),
      0.02 * -normalQuantile(0.01),
      (0.02 * normalPdf(normalQuantile(0.01))) / 0.01,
    ],
    ["a uniform", (u: number) => u - 0.5, 0.49, 0.495],
    [
      "a t of 3",
      (u: number) => 0.01 * studentTQuantile(u, 3),
      -0.01 * studentTQuantile(0.01, 3),
      (0.01 * studentTPdf(studentTQuantile(0.01, 3), 3) * (3 + studentTQuantile(0.01, 3) ** 2)) / (2 * 0.01),
    ],
  ] as const)(
    "%s marginal has its own quantile and tail mean under either copula",
    (_, marginals, risk, shortfall) => {
      for (const copula of ["normal", { studentT: 4 }] as const) {
        const got = monteCarloVar({ ...base, scenarios: 40_000, distribution: { copula, marginals } });
        expectClose(got.valueAtRisk, risk, statistical(got.standardError.valueAtRisk));
        expectClose(got.expectedShortfall, shortfall, statistical(got.standardError.expectedShortfall));
      }
    },
  );

  test("a t copula makes extremes of two assets come together more often than a normal one", () => {
    const pair = {
      ...base,
      scenarios: 40_000,
      weights: [0.5, 0.5],
      covariance: [
        [4e-4, 1e-4],
        [1e-4, 4e-4],
      ],
    };
    const marginals = (u: number): number => 0.02 * normalQuantile(u);
    const [normal, t] = (["normal", { studentT: 2 }] as const).map((copula) =>
      monteCarloVar({ ...pair, confidence: 0.999, distribution: { copula, marginals } }),
    );
    const error = normal!.standardError.expectedShortfall + t!.standardError.expectedShortfall;
    expect(t!.expectedShortfall - normal!.expectedShortfall).toBeGreaterThan(4 * error);
  });
});
