import { CscMatrix, createRandom, type Triplet } from "@astra-quant/core-linalg";

/** A quadratic program with P as its upper triangle; ±1e30 is no side. */
export interface Program {
  readonly P: CscMatrix;
  readonly q: Float64Array;
  readonly A: CscMatrix;
  readonly l: Float64Array;
  readonly u: Float64Array;
}

const INFINITE = 1e30;

/** A long-only portfolio of n assets behind n ÷ 20 factors, its covariance whole: budget and box. */
export function densePortfolio(n: number): Program {
  const random = createRandom(`dense portfolio ${n}`);
  const k = Math.max(2, Math.floor(n / 20));
  const F = random.fillNormal(new Float64Array(n * k));
  const objective: Triplet[] = [];
  for (let j = 0; j < n; j++) {
    for (let i = 0; i <= j; i++) {
      let value = i === j ? 0.1 + 0.2 * random.uniform() : 0;
      for (let f = 0; f < k; f++) value += 0.4 * F[i * k + f]! * F[j * k + f]!;
      objective.push([i, j, value]);
    }
  }
  const rows: Triplet[] = [];
  for (let j = 0; j < n; j++) rows.push([0, j, 1], [1 + j, j, 1]);
  const mu = random.fillNormal(new Float64Array(n)).map((value) => 0.1 * value);
  return {
    P: CscMatrix.fromTriplets(n, n, objective),
    q: mu.map((value) => -value),
    A: CscMatrix.fromTriplets(n + 1, n, rows),
    l: new Float64Array(n + 1).fill(0).fill(1, 0, 1),
    u: new Float64Array(n + 1).fill(0.2).fill(1, 0, 1),
  };
}

/** The same kind of portfolio with its factors as variables: y = F'w, sparse. */
export function factorPortfolio(n: number): Program {
  const random = createRandom(`factor portfolio ${n}`);
  const k = Math.max(2, Math.floor(n / 20));
  const objective: Triplet[] = [];
  const rows: Triplet[] = [];
  for (let j = 0; j < n; j++) {
    objective.push([j, j, 0.1 + 0.2 * random.uniform()]);
    for (let f = 0; f < k; f++) if (random.uniform() < 0.5) rows.push([f, j, random.normal()]);
    rows.push([k, j, 1], [k + 1 + j, j, 1]);
  }
  for (let f = 0; f < k; f++) {
    objective.push([n + f, n + f, 0.4]);
    rows.push([f, n + f, -1]);
  }
  const q = new Float64Array(n + k);
  for (let j = 0; j < n; j++) q[j] = 0.1 * random.normal();
  const m = k + 1 + n;
  return {
    P: CscMatrix.fromTriplets(n + k, n + k, objective),
    q,
    A: CscMatrix.fromTriplets(m, n + k, rows),
    l: new Float64Array(m).fill(1, k, k + 1),
    u: new Float64Array(m).fill(1, k, k + 1).fill(0.2, k + 1),
  };
}

/** A support vector machine: 10 n samples of n features, one in seven present. */
export function supportVectors(n: number): Program {
  const random = createRandom(`support vectors ${n}`);
  const samples = 10 * n;
  const variables = n + samples;
  const objective: Triplet[] = Array.from({ length: n }, (_, j) => [j, j, 1]);
  const rows: Triplet[] = [];
  for (let i = 0; i < samples; i++) {
    const label = random.uniform() < 0.5 ? -1 : 1;
    for (let j = 0; j < n; j++) if (random.uniform() < 0.15) rows.push([i, j, label * random.normal()]);
    rows.push([i, n + i, -1], [samples + i, n + i, 1]);
  }
  return {
    P: CscMatrix.fromTriplets(variables, variables, objective),
    q: new Float64Array(variables).fill(1, n),
    A: CscMatrix.fromTriplets(2 * samples, variables, rows),
    l: new Float64Array(2 * samples).fill(-INFINITE, 0, samples),
    u: new Float64Array(2 * samples).fill(-1, 0, samples).fill(INFINITE, samples),
  };
}

/** Steering a random stable system with n states and n ÷ 2 inputs to zero in ten steps. */
export function control(n: number): Program {
  const random = createRandom(`control ${n}`);
  const inputs = n >> 1;
  const steps = 10;
  const states = (steps + 1) * n;
  const variables = states + steps * inputs;
  const objective: Triplet[] = [];
  for (let j = 0; j < variables; j++) objective.push([j, j, j < states ? 10 * random.uniform() : 0.1]);
  const rows: Triplet[] = [];
  const step = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (__, j) => (i === j ? 0.95 : (0.2 * random.normal()) / n)),
  );
  const drive = Array.from({ length: n }, () => [...random.fillNormal(new Float64Array(inputs))]);
  for (let row = 0; row < states; row++) {
    rows.push([row, row, -1]);
    const before = Math.floor(row / n) - 1;
    if (before < 0) continue;
    for (let j = 0; j < n; j++) rows.push([row, before * n + j, step[row % n]![j]!]);
    for (let j = 0; j < inputs; j++) rows.push([row, states + before * inputs + j, drive[row % n]![j]!]);
  }
  for (let j = 0; j < variables; j++) rows.push([states + j, j, 1]);
  const l = new Float64Array(states + variables);
  for (let i = 0; i < n; i++) l[i] = random.uniform() - 0.5;
  const u = l.slice();
  l.fill(-5, states, 2 * states).fill(-0.5, 2 * states);
  u.fill(5, states, 2 * states).fill(0.5, 2 * states);
  return {
    P: CscMatrix.fromTriplets(variables, variables, objective),
    q: new Float64Array(variables),
    A: CscMatrix.fromTriplets(states + variables, variables, rows),
    l,
    u,
  };
}
