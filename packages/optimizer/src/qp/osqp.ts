import type { VectorLike } from "@astra-quant/core-linalg";
import { requireFiniteVector, requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { admmStep } from "./admm-step.ts";
import { GapCertifier } from "./certified-gap.ts";
import { type Iterate, resetIterate, zeroIterate } from "./iterate.ts";
import { KktSystem } from "./kkt.ts";
import { adaptationInterval, clampRho, fillPenalties, rowKinds } from "./penalty.ts";
import { type Point, polish } from "./polish.ts";
import { isBetterByResiduals, isStrictlyBetter } from "./polish-acceptance.ts";
import {
  type CheckedProblem,
  type QpProblem,
  readBounds,
  readProblem,
  requireOrderedBounds,
} from "./problem.ts";
import { measureQuality, type Quality } from "./quality.ts";
import { Residuals } from "./residuals.ts";
import { type ScaledProblem, scaleBounds, scaleProblem } from "./scaling.ts";
import { changeSettings, type LaterSettings, type QpSettings, readSettings } from "./settings.ts";
import { normalisedDirection, objectiveWithoutPoint, type QpSolution } from "./solution.ts";
import { hasPoint, type QpStatus, STATUS_VALUES } from "./status.ts";
import { decide, decideInaccurate, type TerminationWork } from "./termination.ts";

/**
 * The operator-splitting method for convex quadratic programs, with OSQP's vocabulary, defaults and outcomes.
 * A solver keeps its factorisation, its iterate and its rho, so that a changed problem is solved from where the
 * last one ended.
 *
 * A `P` that is not positive semidefinite does not throw: `solve` answers "problem non convex".
 *
 * @throws QuantError for data or settings that are not what {@link QpProblem} and {@link QpSettings} say.
 */
export class Osqp {
  #settings: QpSettings;
  readonly #problem: CheckedProblem;
  readonly #scaled: ScaledProblem;
  readonly #kkt: KktSystem;
  readonly #convex: boolean;
  readonly #certifier: GapCertifier;
  readonly #residuals: Residuals;
  readonly #iterate: Iterate;
  readonly #penalties: Float64Array;
  readonly #work: Float64Array;
  readonly #terminationWork: TerminationWork;
  #kinds: Uint8Array;
  #rho: number;
  #rhoUpdates = 0;

  constructor(problem: QpProblem, settings: Partial<QpSettings> = {}) {
    this.#settings = readSettings(settings);
    this.#problem = readProblem(problem);
    const { n, m } = this.#problem;
    this.#scaled = scaleProblem(this.#problem, this.#settings.scaling);
    this.#kkt = new KktSystem(this.#scaled.P, this.#scaled.A, this.#settings.sigma);
    this.#certifier = new GapCertifier(this.#problem);
    this.#residuals = new Residuals(n, m);
    this.#iterate = zeroIterate(n, m);
    this.#penalties = new Float64Array(m);
    this.#work = new Float64Array(n + m);
    this.#terminationWork = { variables: new Float64Array(n), rows: new Float64Array(m) };
    this.#kinds = rowKinds(this.#scaled.l, this.#scaled.u);
    this.#rho = clampRho(this.#settings.rho);
    this.#convex = this.#refactor();
  }

  /** Iterates from where the last solve ended (from zero the first time, or without `warmStarting`). */
  solve(): QpSolution {
    if (!this.#convex) return this.#result("problem non convex", 0, 0);
    if (!this.#settings.warmStarting) resetIterate(this.#iterate);
    const { status, iterations } = this.#iterateUntilDecided();
    const polished = status === "solved" && this.#settings.polishing ? this.#polish() : 0;
    return this.#result(status, iterations, polished);
  }

  /**
   * Replaces q, l or u; what is not given stays. The scaling stays, and the next solve starts from the last.
   *
   * @throws QuantError for wrong lengths, NaN, or l above u.
   */
  update(changes: { readonly q?: VectorLike; readonly l?: VectorLike; readonly u?: VectorLike }): void {
    requireKnownOptions(changes, ["q", "l", "u"]);
    const { n, m } = this.#problem;
    const q = changes.q === undefined ? undefined : requireFiniteVector("q", changes.q, n);
    const l = changes.l === undefined ? this.#problem.l : readBounds("l", changes.l, m, Number.NaN);
    const u = changes.u === undefined ? this.#problem.u : readBounds("u", changes.u, m, Number.NaN);
    requireOrderedBounds(l, u);
    if (q !== undefined) {
      this.#problem.q.set(q);
      for (let j = 0; j < n; j++) this.#scaled.q[j] = this.#scaled.c * this.#scaled.D[j]! * q[j]!;
    }
    if (changes.l !== undefined || changes.u !== undefined) this.#setBounds(l, u);
    this.#rhoUpdates = 0;
  }

  /** Starts the next solve from x, from y, or from both. */
  warmStart(start: { readonly x?: VectorLike; readonly y?: VectorLike }): void {
    requireKnownOptions(start, ["x", "y"]);
    const { n, m, A, inverseD, inverseE, c } = this.#scaled;
    const x = start.x === undefined ? undefined : requireFiniteVector("x", start.x, n);
    const y = start.y === undefined ? undefined : requireFiniteVector("y", start.y, m);
    if (x !== undefined) {
      for (let j = 0; j < n; j++) this.#iterate.x[j] = inverseD[j]! * x[j]!;
      A.multiply(this.#iterate.x, { out: this.#iterate.z });
    }
    if (y !== undefined) for (let i = 0; i < m; i++) this.#iterate.y[i] = c * inverseE[i]! * y[i]!;
    this.#settings = { ...this.#settings, warmStarting: true };
  }

  /** Changes settings that may change between solves; a new `rho` refactors. */
  updateSettings(changes: Partial<LaterSettings>): void {
    this.#settings = changeSettings(this.#settings, changes);
    if (changes.rho === undefined) return;
    this.#rho = clampRho(changes.rho);
    this.#refactor();
  }

  #iterateUntilDecided(): { status: QpStatus; iterations: number } {
    const { maxIter, checkTermination, adaptiveRho, adaptiveRhoFraction } = this.#settings;
    const interval = adaptationInterval(this.#settings);
    let errorAtLastChange = 1e30;
    for (let k = 1; k <= maxIter; k++) {
      admmStep(this.#scaled, this.#kkt, this.#penalties, this.#iterate, this.#settings, this.#work);
      const check = checkTermination > 0 && k % checkTermination === 0;
      const adapt = adaptiveRho !== 0 && k % interval === 0;
      if (check || adapt) this.#measure(this.#iterate);
      if (check) {
        const status = this.#decide();
        if (status !== undefined) return { status, iterations: k };
      }
      if (!adapt) continue;
      const { primal, dual, gap } = this.#residuals;
      const error = Math.max(primal, dual, gap);
      if (adaptiveRho === 3 && !(error <= adaptiveRhoFraction * errorAtLastChange)) continue;
      if (this.#adaptRho()) errorAtLastChange = error;
    }
    if (checkTermination === 0 || maxIter % checkTermination !== 0) {
      this.#measure(this.#iterate);
      const status = this.#decide();
      if (status !== undefined) return { status, iterations: maxIter };
    }
    const status = decideInaccurate(
      this.#scaled,
      this.#iterate,
      this.#residuals,
      this.#settings,
      this.#terminationWork,
    );
    return { status, iterations: maxIter };
  }

  #measure(point: Point): void {
    this.#residuals.measure(this.#scaled, point, this.#rho, this.#settings.scaledTermination);
  }

  #decide(): QpStatus | undefined {
    return decide(this.#scaled, this.#iterate, this.#residuals, this.#settings, this.#terminationWork);
  }

  /** Takes the balancing rho if it is far enough from the present one. */
  #adaptRho(): boolean {
    const { balance } = this.#residuals;
    const { adaptiveRhoTolerance } = this.#settings;
    if (balance <= this.#rho * adaptiveRhoTolerance && balance >= this.#rho / adaptiveRhoTolerance)
      return false;
    this.#rho = balance;
    this.#rhoUpdates++;
    this.#refactor();
    return true;
  }

  #refactor(): boolean {
    fillPenalties(this.#penalties, this.#kinds, this.#rho, this.#settings.rhoIsVec);
    return this.#kkt.factor(this.#penalties);
  }

  #setBounds(l: Float64Array, u: Float64Array): void {
    this.#problem.l.set(l);
    this.#problem.u.set(u);
    const scaled = scaleBounds(l, u, this.#scaled.E);
    this.#scaled.l.set(scaled.l);
    this.#scaled.u.set(scaled.u);
    this.#certifier.boundsChanged();
    const kinds = rowKinds(scaled.l, scaled.u);
    const changed = kinds.some((kind, i) => kind !== this.#kinds[i]);
    this.#kinds = kinds;
    if (changed) this.#refactor();
  }

  /** Polishes the iterate; whether the polished point was taken. */
  #polish(): -2 | -1 | 1 | 2 {
    const { sigma, polishRefineIter, polishAcceptance } = this.#settings;
    const strict = polishAcceptance === "strict";
    const polished = polish(this.#scaled, this.#iterate, {
      sigma,
      refinements: polishRefineIter,
      stopEarly: strict,
    });
    if (polished.outcome === "nothing active") return 2;
    if (polished.outcome === "not factored") return -2;
    const rhoEstimate = this.#residuals.balance;
    const { primal, dual } = this.#residuals;
    this.#measure(polished.point);
    const better = strict
      ? isStrictlyBetter(
          this.#problem,
          polished.activeRows,
          this.#quality(polished.point),
          this.#quality(this.#iterate),
        )
      : isBetterByResiduals(this.#residuals, primal, dual);
    if (better) {
      this.#iterate.x.set(polished.point.x);
      this.#iterate.z.set(polished.point.z);
      this.#iterate.y.set(polished.point.y);
    } else this.#measure(this.#iterate);
    this.#residuals.balance = rhoEstimate;
    return better ? 1 : -1;
  }

  #quality(point: Point): Quality {
    return measureQuality(this.#problem, this.#userX(point), this.#userY(point));
  }

  #userX({ x }: Point): Float64Array {
    return x.map((value, j) => this.#scaled.D[j]! * value);
  }

  #userY({ y }: Point): Float64Array {
    return y.map((value, i) => (this.#scaled.E[i]! * value) / this.#scaled.c);
  }

  #result(status: QpStatus, iterations: number, polished: QpSolution["info"]["polish"]): QpSolution {
    const point = hasPoint(status);
    const { n, m, D, E } = this.#scaled;
    const x = point ? this.#userX(this.#iterate) : new Float64Array(n).fill(Number.NaN);
    const y = point ? this.#userY(this.#iterate) : new Float64Array(m).fill(Number.NaN);
    const quality = point ? measureQuality(this.#problem, x, y) : undefined;
    const { deltaX, deltaY } = this.#iterate;
    const solution: QpSolution = {
      x,
      y,
      status,
      statusVal: STATUS_VALUES[status],
      ...(status.startsWith("primal") && {
        primalInfeasibilityCertificate: normalisedDirection(deltaY, E),
      }),
      ...(status.startsWith("dual") && { dualInfeasibilityCertificate: normalisedDirection(deltaX, D) }),
      info: {
        iterations,
        objective: point ? this.#residuals.objective : objectiveWithoutPoint(status),
        dualObjective: point ? this.#residuals.dualObjective : Number.NaN,
        dualityGap: point ? this.#residuals.dualityGap : Number.NaN,
        primalResidual: this.#residuals.primal,
        dualResidual: this.#residuals.dual,
        rhoUpdates: this.#rhoUpdates,
        rhoEstimate: this.#residuals.balance,
        polish: polished,
        violation: quality?.violation ?? Number.NaN,
        stationarity: quality?.stationarity ?? Number.NaN,
        certifiedGap: quality ? this.#certifier.certifiedGap(x, quality) : Number.NaN,
      },
    };
    if (!point) resetIterate(this.#iterate);
    return solution;
  }
}
