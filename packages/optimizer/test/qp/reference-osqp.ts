import {
  type Arithmetic,
  type Dense,
  eliminate,
  type Factor,
  largest,
  plainly,
  solveFactored,
} from "./reference-arithmetic.ts";
import {
  REFERENCE_DEFAULTS,
  type ReferenceProblem,
  type ReferenceSettings,
  scaleReference,
  times,
} from "./reference-problem.ts";

/**
 * The operator-splitting method once more: dense, slow and plain, from its published description and from nothing in
 * src. What it is for is to disagree.
 */

export interface ReferenceResult {
  readonly status: string;
  readonly iterations: number;
  readonly rhoUpdates: number;
  readonly polish: number;
  /** In the user's terms; of no meaning where the status has no point. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly objective: number;
}

interface Point {
  x: number[];
  z: number[];
  y: number[];
}

interface Info {
  objective: number;
  primal: number;
  primalScale: number;
  dual: number;
  dualScale: number;
  /** In the user's terms always. */
  userGap: number;
  gap: number;
  gapScale: number;
  newRho: number;
}

/** The method from a cold start to its end. */
export function referenceOsqp(
  problem: ReferenceProblem,
  given: Partial<ReferenceSettings> = {},
  arithmetic: Arithmetic = plainly,
): ReferenceResult {
  return new Reference(problem, { ...REFERENCE_DEFAULTS, ...given }, arithmetic).run();
}

const clampRho = (rho: number): number => (rho > 1e-6 ? Math.min(rho, 1e6) : 1e-6);
class Reference {
  readonly n: number;
  readonly m: number;
  readonly s: ReferenceSettings;
  readonly arithmetic: Arithmetic;
  readonly P: Dense;
  readonly q: number[];
  readonly A: Dense;
  readonly l: number[];
  readonly u: number[];
  readonly D: number[];
  readonly E: number[];
  readonly c: number;
  rho: number;
  rhos: number[] = [];
  K: Factor = { order: [], L: [], pivots: [] };
  at: Point;
  deltaX: number[] = [];
  deltaY: number[] = [];
  rhoUpdates = 0;

  constructor(problem: ReferenceProblem, settings: ReferenceSettings, arithmetic: Arithmetic) {
    const { P, q, A, l, u, D, E, c } = scaleReference(problem, settings.scaling);
    this.n = q.length;
    this.m = A.length;
    this.s = settings;
    this.arithmetic = arithmetic;
    this.P = P;
    this.q = q;
    this.A = A;
    this.l = l;
    this.u = u;
    this.D = D;
    this.E = E;
    this.c = c;
    this.rho = clampRho(settings.rho);
    this.at = { x: D.map(() => 0), z: E.map(() => 0), y: E.map(() => 0) };
  }

  /** False when K has not n positive pivots and m negative ones. */
  factor(): boolean {
    const { n, rho, s } = this;
    this.rhos = this.l.map((l, i) => {
      if (!s.rhoIsVec) return rho;
      if (l < -1e26 && this.u[i]! > 1e26) return 1e-6;
      return this.u[i]! - l < 1e-4 ? 1e3 * rho : rho;
    });
    const block = this.kkt(
      this.A,
      this.rhos.map((r) => -1 / r),
    );
    this.K = eliminate(block, this.arithmetic);
    const { pivots } = this.K;
    return pivots.filter((d) => d > 0).length === n && pivots.every((d) => d !== 0);
  }

  kkt(rows: Dense, corner: readonly number[]): number[][] {
    const upper = this.P.map((row, i) => [
      ...row.map((v, j) => v + (i === j ? this.s.sigma : 0)),
      ...rows.map((a) => a[i]!),
    ]);
    return [...upper, ...rows.map((a, i) => [...a, ...rows.map((_, k) => (i === k ? corner[i]! : 0))])];
  }

  dot(a: readonly number[], b: readonly number[]): number {
    return this.arithmetic.sum(a.map((v, k) => v * b[k]!));
  }

  by(M: Dense, x: readonly number[]): number[] {
    return M.map((row) => this.dot(row, x));
  }

  byTransposed(y: readonly number[]): number[] {
    return this.q.map((_, j) =>
      this.dot(
        this.A.map((row) => row[j]!),
        y,
      ),
    );
  }

  step(): void {
    const { alpha, sigma } = this.s;
    const { sum, quotient } = this.arithmetic;
    const { x, z, y } = this.at;
    const pull = y.map((v, i) => quotient(v, this.rhos[i]!));
    const target = z.map((v, i) => sum([v, -pull[i]!]));
    const right = [...x.map((v, j) => sum([sigma * v, -this.q[j]!])), ...target];
    const solved = solveFactored(this.K, right, this.arithmetic);
    const tildeZ = target.map((v, i) => sum([v, quotient(solved[this.n + i]!, this.rhos[i]!)]));
    const newX = x.map((v, j) => sum([alpha * solved[j]!, (1 - alpha) * v]));
    const h = z.map((v, i) => sum([alpha * tildeZ[i]!, (1 - alpha) * v]));
    const newZ = h.map((v, i) => {
      return Math.min(Math.max(sum([v, pull[i]!]), this.l[i]!), this.u[i]!);
    });
    this.deltaX = newX.map((v, j) => v - x[j]!);
    this.deltaY = h.map((v, i) => this.rhos[i]! * sum([v, -newZ[i]!]));
    this.at = { x: newX, z: newZ, y: y.map((v, i) => sum([v, this.deltaY[i]!])) };
  }

  /** y without what presses against a side that is infinite. */
  pressing(y: readonly number[]): number[] {
    return y.map((v, i) => {
      if (v > 0 && this.u[i] === Number.POSITIVE_INFINITY) return 0;
      return v < 0 && this.l[i] === Number.NEGATIVE_INFINITY ? 0 : v;
    });
  }

  support(y: readonly number[]): number {
    return this.arithmetic.sum(y.map((v, i) => (v > 0 ? this.u[i]! * v : v < 0 ? this.l[i]! * v : 0)));
  }

  measure({ x, z, y }: Point): Info {
    const { D, E, c, q } = this;
    const Ax = this.by(this.A, x);
    const Px = this.by(this.P, x);
    const Aty = this.byTransposed(y);
    const { sum } = this.arithmetic;
    const primal = Ax.map((v, i) => sum([v, -z[i]!]));
    const dual = Px.map((v, j) => sum([v, q[j]!, Aty[j]!]));
    const rows = (v: readonly number[], user: boolean): number =>
      largest(user ? v.map((a, i) => a / E[i]!) : v);
    const columns = (v: readonly number[], user: boolean): number =>
      user ? largest(v.map((a, j) => a / D[j]!)) / c : largest(v);
    const xPx = this.dot(x, Px);
    const qx = this.dot(q, x);
    const support = this.support(this.pressing(y).map((v) => (Math.abs(v) < 1e-15 ? 0 : v)));
    const user = !this.s.scaledTermination;
    const unit = user ? c : 1;
    const p = rows(primal, false) / (Math.max(rows(z, false), rows(Ax, false)) + 1e-30);
    const d =
      columns(dual, false) / (Math.max(columns(q, false), columns(Aty, false), columns(Px, false)) + 1e-30);
    return {
      objective: (0.5 * xPx + qx) / c,
      primal: rows(primal, user),
      primalScale: Math.max(rows(z, user), rows(Ax, user)),
      dual: columns(dual, user),
      dualScale: Math.max(columns(q, user), columns(Aty, user), columns(Px, user)),
      userGap: (xPx + qx + support) / c,
      gap: (xPx + qx + support) / unit,
      gapScale: Math.max(Math.abs(xPx), Math.abs(qx), Math.abs(support)) / unit,
      newRho: clampRho(this.rho * Math.sqrt(p / d)),
    };
  }

  decide(info: Info, slack: number): string | undefined {
    const { epsAbs, epsRel, epsPrimInf, epsDualInf, checkDualgap } = this.s;
    if (info.primal > 1e30 || info.dual > 1e30) return "problem non convex";
    const small = (residual: number, scale: number): boolean => residual < slack * (epsAbs + epsRel * scale);
    const primal = this.m === 0 || small(info.primal, info.primalScale);
    const dual = small(info.dual, info.dualScale);
    const gap = !checkDualgap || small(Math.abs(info.gap), info.gapScale);
    if (primal && dual && gap) return "solved";
    if (!primal && this.provesPrimalInfeasible(slack * epsPrimInf)) return "primal infeasible";
    if (!dual && this.provesDualInfeasible(slack * epsDualInf)) return "dual infeasible";
    return undefined;
  }

  provesPrimalInfeasible(t: number): boolean {
    const { D, E } = this;
    const user = !this.s.scaledTermination;
    const direction = this.pressing(this.deltaY);
    const size = largest(user ? times(direction, E) : direction);
    if (!(size > 1e-30 && this.support(direction) < 0)) return false;
    const image = this.byTransposed(direction);
    return largest(user ? image.map((v, j) => v / D[j]!) : image) < t * size;
  }

  provesDualInfeasible(t: number): boolean {
    const { D, E, c } = this;
    const user = !this.s.scaledTermination;
    const size = largest(user ? times(this.deltaX, D) : this.deltaX);
    if (!(size > 1e-30 && this.dot(this.q, this.deltaX) < 0)) return false;
    const curvature = this.by(this.P, this.deltaX);
    const bend = largest(user ? curvature.map((v, j) => v / D[j]!) : curvature);
    if (!(bend < (user ? c : 1) * t * size)) return false;
    return this.by(this.A, this.deltaX).every((v, i) => {
      const change = user ? v / E[i]! : v;
      const rises = this.u[i] === Number.POSITIVE_INFINITY || change <= t * size;
      return rises && (this.l[i] === Number.NEGATIVE_INFINITY || change >= -t * size);
    });
  }

  run(): ReferenceResult {
    if (!this.factor()) return this.result("problem non convex", 0);
    const { maxIter, checkTermination, adaptiveRho } = this.s;
    const everyCheck = checkTermination > 0 ? checkTermination : Number.POSITIVE_INFINITY;
    const everyRho = adaptiveRho === 0 ? Number.POSITIVE_INFINITY : this.adaptationInterval();
    let errorAtChange = 1e30;
    for (let k = 1; k <= maxIter; k++) {
      this.step();
      if (k % everyCheck !== 0 && k % everyRho !== 0) continue;
      const info = this.measure(this.at);
      const status = k % everyCheck === 0 ? this.decide(info, 1) : undefined;
      if (status !== undefined) return this.result(status, k);
      if (k % everyRho !== 0) continue;
      const error = Math.max(info.dual, info.primal, info.userGap);
      if (adaptiveRho === 3 && !(error <= this.s.adaptiveRhoFraction * errorAtChange)) continue;
      const { adaptiveRhoTolerance } = this.s;
      if (!(info.newRho > this.rho * adaptiveRhoTolerance || info.newRho < this.rho / adaptiveRhoTolerance)) {
        continue;
      }
      errorAtChange = error;
      this.rho = info.newRho;
      this.rhoUpdates++;
      if (!this.factor()) return this.result("problem non convex", k);
    }
    const info = this.measure(this.at);
    const status = maxIter % everyCheck === 0 ? undefined : this.decide(info, 1);
    if (status !== undefined) return this.result(status, maxIter);
    const inaccurate = this.decide(info, 10);
    if (inaccurate === undefined) return this.result("maximum iterations reached", maxIter);
    return this.result(
      inaccurate === "problem non convex" ? inaccurate : `${inaccurate} inaccurate`,
      maxIter,
    );
  }

  adaptationInterval(): number {
    const { adaptiveRho, adaptiveRhoInterval, checkTermination } = this.s;
    if (adaptiveRhoInterval > 0) return adaptiveRhoInterval;
    if (adaptiveRho === 3) return 1;
    return checkTermination > 0 ? 4 * checkTermination : 100;
  }

  /** What was accepted (1), refused (−1), without active rows (2) or without a factor (−2). */
  polish(): number {
    const { x, z, y } = this.at;
    const active: { i: number; bound: number }[] = [];
    for (let i = 0; i < this.m; i++) {
      if (z[i]! - this.l[i]! < -y[i]! || this.l[i] === this.u[i]) active.push({ i, bound: this.l[i]! });
      else if (this.u[i]! - z[i]! < y[i]!) active.push({ i, bound: this.u[i]! });
    }
    if (active.length === 0) return 2;
    const rows = active.map(({ i }) => this.A[i]!);
    const factor = eliminate(
      this.kkt(
        rows,
        rows.map(() => -this.s.sigma),
      ),
      this.arithmetic,
    );
    if (factor.pivots.some((d) => d === 0) || factor.pivots.filter((d) => d > 0).length !== x.length)
      return -2;
    const right = [...this.q.map((v) => -v), ...active.map(({ bound }) => bound)];
    let solution = solveFactored(factor, right, this.arithmetic);
    for (let pass = 0; pass < this.s.polishRefineIter; pass++) {
      const head = solution.slice(0, this.n);
      const tail = solution.slice(this.n);
      const top = this.by(this.P, head).map(
        (v, j) =>
          v +
          this.dot(
            rows.map((a) => a[j]!),
            tail,
          ),
      );
      const image = [...top, ...this.by(rows, head)];
      const correction = solveFactored(
        factor,
        right.map((v, k) => v - image[k]!),
        this.arithmetic,
      );
      solution = solution.map((v, k) => v + correction[k]!);
    }
    const polished: Point = { x: solution.slice(0, this.n), z: [], y: z.map(() => 0) };
    active.forEach(({ i }, k) => {
      polished.y[i] = solution[this.n + k]!;
    });
    const sums = this.by(this.A, polished.x).map((v, i) => v + polished.y[i]!);
    polished.z = sums.map((v, i) => Math.min(Math.max(v, this.l[i]!), this.u[i]!));
    polished.y = sums.map((v, i) => v - polished.z[i]!);
    const before = this.measure(this.at);
    const after = this.measure(polished);
    const primal = after.primal < before.primal;
    const dual = after.dual < before.dual;
    if (!((primal && dual) || (primal && before.dual < 1e-10) || (dual && before.primal < 1e-10))) return -1;
    this.at = polished;
    return 1;
  }

  result(status: string, iterations: number): ReferenceResult {
    const { rhoUpdates, D, E, c } = this;
    const polish = status === "solved" && this.s.polishing ? this.polish() : 0;
    const { x, y } = this.at;
    return {
      status,
      iterations,
      rhoUpdates,
      polish,
      x: times(x, D),
      y: times(y, E).map((v) => v / c),
      objective: this.measure(this.at).objective,
    };
  }
}
