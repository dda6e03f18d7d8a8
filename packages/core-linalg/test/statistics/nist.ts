/** A univariate data set of NIST's Statistical Reference Datasets with its certified values. */
export interface NistSet {
  readonly data: readonly number[];
  readonly mean: number;
  readonly std: number;
  readonly autocorrelation: number;
}

/** Reads NIST's own layout, and that of comments with `name = value` lines. */
export function readNistSet(text: string): NistSet {
  const after = (pattern: RegExp) => Number(text.match(pattern)?.[1]);
  const lines = text.split(/\r?\n/);
  const start = lines.findLastIndex((line) => /^#?\s*Data\b/.test(line));
  const data = lines
    .slice(start + 1)
    .map((line) => line.trim())
    .filter((line) => /^[-+]?[\d.]+$/.test(line))
    .map(Number);
  return {
    data,
    mean: after(/(?:^mean\s*=|ybar:)\s*([-\d.]+)/m),
    std: after(/(?:^standardDeviation\s*=|s:)\s*([-\d.]+)/m),
    autocorrelation: after(/(?:^autocorrelationCoefficient\s*=|r\(1\):)\s*([-\d.]+)/m),
  };
}

function alternating(first: number, low: number, high: number, pairs: number): number[] {
  return [first, ...Array.from({ length: 2 * pairs }, (_, i) => (i % 2 === 0 ? low : high))];
}

/** The constructed sets, by their formulas. */
export const CONSTRUCTED: Readonly<Record<string, NistSet>> = {
  NumAcc1: { data: [10000001, 10000003, 10000002], mean: 10000002, std: 1, autocorrelation: -0.5 },
  NumAcc2: { data: alternating(1.2, 1.1, 1.3, 500), mean: 1.2, std: 0.1, autocorrelation: -0.999 },
  NumAcc3: {
    data: alternating(1000000.2, 1000000.1, 1000000.3, 500),
    mean: 1000000.2,
    std: 0.1,
    autocorrelation: -0.999,
  },
  NumAcc4: {
    data: alternating(10000000.2, 10000000.1, 10000000.3, 500),
    mean: 10000000.2,
    std: 0.1,
    autocorrelation: -0.999,
  },
};

/** −log₁₀ of the relative error, 16 for the same double: how many digits agree. */
export function digitsAgreed(value: number, certified: number): number {
  if (value === certified) return 16;
  return -Math.log10(Math.abs(value - certified) / Math.abs(certified || 1));
}
