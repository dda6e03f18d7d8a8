import { writePenalties } from "../kernels/engine.ts";
import { factorLdl } from "../kernels/ldl.ts";
import { FIGURE, measureTypescript, type Splitting } from "../kernels/splitting.ts";
import { GapCertifier } from "./certified-gap.ts";
import { KktSystem } from "./kkt.ts";
import { Penalties } from "./penalty.ts";
import { type Point, polish } from "./polish.ts";
import { isBetterByResiduals, isStrictlyBetter } from "./polish-acceptance.ts";
import type { CheckedChanges, CheckedProblem } from "./problem.ts";
import { measureQuality, type Quality } from "./quality.ts";
import { Residuals } from "./residuals.ts";
import { rescaleProblem, type ScaledProblem, scaleBounds, scaleProblem } from "./scaling.ts";
import type { QpSettings } from "./settings.ts";
import type { TerminationWork } from "./termination.ts";

/** All that a solver holds between two calls: the problem, its scaled form, K's factor and the iterate. */
export class Workspace {
  readonly problem: CheckedProblem;
  readonly scaled: ScaledProblem;
  readonly kkt: KktSystem;
  readonly penalties: Penalties;
  readonly splitting: Splitting;
  readonly residuals: Residuals = new Residuals();
  readonly work: TerminationWork;
  certifier: GapCertifier;
  /** P + σI was positive definite when K was last factored. */
  isConvex = true;

  constructor(problem: CheckedProblem, settings: QpSettings) {
    const { n, m } = problem;
    this.problem = problem;
    this.scaled = scaleProblem(problem, settings.scaling);
    this.kkt = new KktSystem(this.scaled.P, this.scaled.A);
    this.penalties = new Penalties(settings.rho, settings.rhoIsVec, this.scaled.l, this.scaled.u);
    this.splitting = splittingOf(this.scaled, this.kkt, this.penalties);
    this.work = { variables: new Float64Array(n), rows: new Float64Array(m) };
    this.certifier = this.#newCertifier();
    this.kkt.setMatrices(this.scaled.P, this.scaled.A, settings.sigma);
    this.refactor();
  }

  refactor(): void {
    writePenalties(this.kkt.ldl, this.splitting);
    this.isConvex = factorLdl(this.kkt.ldl) === this.scaled.n;
  }

  /** Writes K's matrix again and factors it, after something else had its place. */
  restore(sigma: number): void {
    this.kkt.setMatrices(this.scaled.P, this.scaled.A, sigma);
    this.refactor();
  }

  /** Takes new data over; matrices are scaled afresh, and the vectors with them. */
  apply({ q, bounds, P, A }: CheckedChanges, { scaling, sigma }: QpSettings): void {
    const { problem, scaled, penalties } = this;
    if (q !== undefined) {
      problem.q.set(q);
      for (let j = 0; j < scaled.n; j++) scaled.q[j] = scaled.c * scaled.D[j]! * q[j]!;
    }
    let kindsChanged = false;
    if (bounds !== undefined) {
      problem.l.set(bounds.l);
      problem.u.set(bounds.u);
      scaleBounds(scaled, problem);
      kindsChanged = penalties.review(scaled.l, scaled.u);
      this.certifier.boundsChanged();
    }
    if (P !== undefined || A !== undefined) {
      if (P !== undefined) problem.P.values.set(P);
      if (A !== undefined) problem.A.values.set(A);
      rescaleProblem(scaled, problem, scaling);
      this.kkt.setMatrices(scaled.P, scaled.A, sigma);
      this.certifier = this.#newCertifier();
      this.refactor();
    } else if (kindsChanged) this.refactor();
    penalties.updates = 0;
  }

  /** Puts the iterate where the user says, in the user's terms. */
  start(x: Float64Array | undefined, y: Float64Array | undefined): void {
    const { n, m, A, inverseD, inverseE, c } = this.scaled;
    const { splitting } = this;
    if (x !== undefined) {
      for (let j = 0; j < n; j++) splitting.x[j] = inverseD[j]! * x[j]!;
      A.multiply(splitting.x, { out: splitting.z });
    }
    if (y !== undefined) for (let i = 0; i < m; i++) splitting.y[i] = c * inverseE[i]! * y[i]!;
  }

  /** Polishes the iterate; whether the polished point was taken. */
  polish(settings: QpSettings): -2 | -1 | 1 | 2 {
    const { scaled, splitting, residuals } = this;
    const strict = settings.polishAcceptance === "strict";
    const polished = polish(scaled, splitting, {
      sigma: settings.sigma,
      refinements: settings.polishRefineIter,
      stopEarly: strict,
    });
    if (polished.outcome === "nothing active") return 2;
    if (polished.outcome === "not factored") return -2;
    const { primal, dual, balance } = residuals;
    this.#measure(polished.point, settings);
    const better = strict
      ? isStrictlyBetter(
          this.problem,
          polished.activeRows,
          this.#quality(polished.point),
          this.#quality(splitting),
        )
      : isBetterByResiduals(residuals, primal, dual);
    if (better) {
      splitting.x.set(polished.point.x);
      splitting.z.set(polished.point.z);
      splitting.y.set(polished.point.y);
    } else this.#measure(splitting, settings);
    residuals.balance = balance;
    return better ? 1 : -1;
  }

  userX({ x }: Point): Float64Array {
    return x.map((value, j) => this.scaled.D[j]! * value);
  }

  userY({ y }: Point): Float64Array {
    return y.map((value, i) => (this.scaled.E[i]! * value) / this.scaled.c);
  }

  #newCertifier(): GapCertifier {
    return new GapCertifier(this.problem, () => this.kkt.variableOrder());
  }

  #measure({ x, z, y }: Point, { scaledTermination }: QpSettings): void {
    measureTypescript({ ...this.splitting, x, z, y });
    this.residuals.read(this.splitting.figures, {
      rho: this.penalties.level,
      c: this.scaled.c,
      scaledTermination,
    });
  }

  #quality(point: Point): Quality {
    return measureQuality(this.problem, this.userX(point), this.userY(point));
  }
}

function splittingOf(scaled: ScaledProblem, kkt: KktSystem, penalties: Penalties): Splitting {
  const { n, m, P, A, q, l, u, inverseD, inverseE } = scaled;
  const variables = (): Float64Array => new Float64Array(n);
  const rows = (): Float64Array => new Float64Array(m);
  return {
    n,
    m,
    place: kkt.place,
    penaltyPlaces: kkt.penaltyPlaces,
    rho: penalties.rho,
    inverseRho: penalties.inverseRho,
    q,
    l,
    u,
    x: variables(),
    z: rows(),
    y: rows(),
    deltaX: variables(),
    deltaY: rows(),
    pPointers: P.columnPointers,
    pRows: P.rowIndices,
    pValues: P.values,
    aPointers: A.columnPointers,
    aRows: A.rowIndices,
    aValues: A.values,
    inverseD,
    inverseE,
    image: rows(),
    curvature: variables(),
    pull: variables(),
    residual: new Float64Array(Math.max(n, m)),
    figures: new Float64Array(FIGURE.count),
  };
}
