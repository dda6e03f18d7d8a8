import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { requireFiniteVector, requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { withEngine } from "../kernels/engine.ts";
import { type AccurateFinish, finishAccurately, patienceOf } from "./accurate.ts";
import { assess, NO_ASSESSMENT } from "./assess.ts";
import {
  type AdjointDerivative,
  differentiate,
  type SolutionGradient,
} from "./derivative/adjoint-derivative.ts";
import { resetIterate } from "./iterate.ts";
import { IterationTable } from "./iteration-table.ts";
import { pause } from "./pause.ts";
import { type QpChanges, type QpProblem, readChanges, readProblem } from "./problem.ts";
import { Run } from "./run.ts";
import { changeSettings, type LaterSettings, type QpSettings, readSettings } from "./settings.ts";
import { certificateOf, figures, type QpSolution } from "./solution.ts";
import { hasPoint, isOwnEnd, type QpStatus, STATUS_VALUES } from "./status.ts";
import { Stopwatch } from "./stopwatch.ts";
import { suspicion } from "./suspect.ts";
import { Workspace } from "./workspace.ts";

/** Multiplications between two breaths of `solveAsync`: some ten milliseconds' worth. */
const WORK_BETWEEN_PAUSES = 1e7;

/**
 * The operator-splitting method for convex quadratic programs, with OSQP's vocabulary, defaults and outcomes.
 * A solver keeps its factorisation, its iterate and its rho, so that a changed problem is solved from where the
 * last one ended.
 *
 * A `P` that is not positive semidefinite does not throw: `solve` answers "problem non convex", and
 * `info.nonConvexPivot` says at which variable.
 *
 * @throws QuantError for data or settings that are not what {@link QpProblem} and {@link QpSettings} say.
 */
export class Osqp {
  #settings: QpSettings;
  #workspace: Workspace | undefined;
  readonly #setupTime: number;
  #updateTime = 0;
  #solves = 0;
  #isSolving = false;
  #status: QpStatus = "unsolved";
  /** The last solve's, as long as the data are those that it solved. */
  #solution: QpSolution | undefined;

  constructor(problem: QpProblem, settings: Partial<QpSettings> = {}) {
    this.#settings = readSettings(settings);
    const stopwatch = new Stopwatch(this.#settings.clock);
    this.#workspace = new Workspace(readProblem(problem), this.#settings);
    this.#setupTime = stopwatch.seconds;
  }

  /** How the last solve ended; "unsolved" before the first. */
  get status(): QpStatus {
    return this.#status;
  }

  /**
   * Iterates from where the last solve ended (from zero the first time, or without `warmStarting`).
   *
   * @throws QuantError "data" while a solve is under way, or after {@link dispose}.
   */
  solve(): QpSolution {
    const workspace = this.#idle("solve");
    this.#isSolving = true;
    try {
      const solving = this.#begin(workspace);
      if (!workspace.isConvex) return this.#end(workspace, solving, "problem non convex");
      let solution: QpSolution | undefined;
      while (solution === undefined) solution = this.#stretch(workspace, solving, Number.POSITIVE_INFINITY);
      return solution;
    } finally {
      this.#isSolving = false;
    }
  }

  /**
   * As {@link solve}, to the same bits, but the event loop has its turn every few milliseconds: an abort signal can
   * arrive and a page stays alive. Until it ends the solver refuses everything else. The finish of `accurate` runs in
   * one piece.
   *
   * @throws QuantError "data" while a solve is under way, or after {@link dispose}.
   */
  async solveAsync(): Promise<QpSolution> {
    const workspace = this.#idle("solveAsync");
    this.#isSolving = true;
    try {
      const solving = this.#begin(workspace);
      if (!workspace.isConvex) return this.#end(workspace, solving, "problem non convex");
      const { values, size } = workspace.kkt.ldl;
      const allowance = Math.max(1, Math.floor(WORK_BETWEEN_PAUSES / (2 * values.length + 20 * size)));
      let solution: QpSolution | undefined;
      while (solution === undefined) {
        await pause();
        solution = this.#stretch(workspace, solving, allowance);
      }
      return solution;
    } finally {
      this.#isSolving = false;
    }
  }

  /**
   * Replaces data; what is not given stays, and the next solve starts from the last. New vectors keep the scaling. New
   * matrices are scaled afresh, vectors with them, and factored on the old analysis; as in OSQP neither the last x and y
   * nor the kinds of the rows are converted: {@link warmStart} is the remedy.
   *
   * @throws QuantError for wrong lengths, NaN, l above u, or an entry of P or A where there was none.
   */
  update(changes: QpChanges): void {
    const workspace = this.#idle("update");
    const stopwatch = new Stopwatch(this.#settings.clock);
    workspace.apply(readChanges(workspace.problem, changes), this.#settings);
    this.#solution = undefined;
    const { seconds } = stopwatch;
    if (!Number.isNaN(seconds)) this.#updateTime += seconds;
  }

  /**
   * How a figure of merit changes with the problem, from its gradient at the last solve's x and y: as the function
   * `adjointDerivative`, where it is written what comes back and how accurate the solve must be.
   *
   * @throws QuantError "data" unless the last solve ended "solved" and the data are still its own; as the function for a
   *   gradient that does not fit.
   */
  adjointDerivative(gradient: SolutionGradient): AdjointDerivative {
    const { problem } = this.#idle("adjointDerivative");
    const none = new Float64Array(0);
    return differentiate(problem, this.#solution ?? { x: none, y: none, status: "unsolved" }, gradient);
  }

  /** Starts the next solve from x, from y, or from both. */
  warmStart(start: { readonly x?: VectorLike; readonly y?: VectorLike }): void {
    const workspace = this.#idle("warmStart");
    requireKnownOptions(start, ["x", "y"]);
    const { n, m } = workspace.problem;
    const x = start.x === undefined ? undefined : requireFiniteVector("x", start.x, n);
    const y = start.y === undefined ? undefined : requireFiniteVector("y", start.y, m);
    workspace.start(x, y);
    this.#settings = { ...this.#settings, warmStarting: true };
  }

  /** Changes settings that may change between solves; a new `rho` refactors. */
  updateSettings(changes: Partial<LaterSettings>): void {
    const workspace = this.#idle("updateSettings");
    this.#settings = changeSettings(this.#settings, changes);
    if (changes.rho === undefined) return;
    workspace.penalties.level = changes.rho;
    workspace.refactor();
  }

  /**
   * Lets go of everything the solver holds; every later call is refused. A solver that is merely forgotten is collected
   * as any object is, for between two calls it holds ordinary arrays and nothing inside the WebAssembly.
   */
  dispose(): void {
    if (this.#workspace !== undefined) this.#idle("dispose");
    this.#workspace = undefined;
  }

  /** {@link dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  #idle(what: string): Workspace {
    if (this.#isSolving) {
      throw new QuantError("data", `${what} must wait for the solve that is under way`, { method: what });
    }
    if (this.#workspace === undefined) {
      throw new QuantError("data", `${what} must come before dispose`, { method: what });
    }
    return this.#workspace;
  }

  #begin(workspace: Workspace): Solving {
    const { splitting, problem } = workspace;
    if (!this.#settings.warmStarting) resetIterate(splitting);
    const { n, m, P, A } = problem;
    const table = this.#settings.verbose ? new IterationTable(this.#settings) : undefined;
    table?.begin({ n, m, entries: P.values.length + A.values.length });
    const earlier = this.#solves === 0 ? this.#setupTime : this.#updateTime;
    const stopwatch = new Stopwatch(this.#settings.clock);
    const patience = this.#settings.accurate ? patienceOf(workspace) : Number.POSITIVE_INFINITY;
    return { run: new Run(workspace, this.#settings, stopwatch, earlier, table), table, patience };
  }

  /** At most `allowance` iterations; the solution once there is one. */
  #stretch(workspace: Workspace, solving: Solving, allowance: number): QpSolution | undefined {
    const { run, patience } = solving;
    const most = Math.min(allowance, patience - run.iterations);
    const status = withEngine(workspace.kkt.ldl, workspace.splitting, (engine) => run.advance(engine, most));
    if (status !== undefined) return this.#end(workspace, solving, status);
    if (run.iterations < patience) return undefined;
    const finish = finishAccurately(workspace, this.#settings, "maximum iterations reached");
    if (finish.info.reached) return this.#end(workspace, solving, finish.status, finish);
    solving.patience = Number.POSITIVE_INFINITY;
    return undefined;
  }

  #end(workspace: Workspace, { run, table }: Solving, decided: QpStatus, early?: AccurateFinish): QpSolution {
    const settings = this.#settings;
    const { problem, scaled, splitting, residuals, penalties, certifier, kkt } = workspace;
    const solveTime = run.seconds;
    table?.line(run.iterations, residuals, penalties.level, false, run.total);
    const polishes = decided === "solved" && settings.polishing && early === undefined;
    const polished = polishes ? workspace.polish(settings) : 0;
    if (polished === 1) table?.polished(residuals, run.total);
    const found = certificateOf(decided, splitting, scaled);
    const finish = early ?? (settings.accurate ? this.#finish(workspace, decided, found) : undefined);
    const status = finish?.status ?? decided;
    const hasOne = hasPoint(status);
    const point = finish?.point;
    if (hasOne && point) workspace.start(point.x, point.y);
    const x = hasOne
      ? (point?.x ?? workspace.userX(splitting))
      : new Float64Array(problem.n).fill(Number.NaN);
    const y = hasOne
      ? (point?.y ?? workspace.userY(splitting))
      : new Float64Array(problem.m).fill(Number.NaN);
    const certificate = finish?.certificate ?? found;
    const concave = status === "problem non convex" ? (finish?.concaveVariable ?? kkt.concaveVariable) : -1;
    const assessment = hasOne ? assess(problem, certifier, x, y) : NO_ASSESSMENT;
    const isInDoubt = settings.certify && finish?.info.reached !== true;
    const answer = { status, x, y, certificate, violation: assessment.violation };
    const suspect = isInDoubt ? suspicion(workspace, answer) : undefined;
    const solution: QpSolution = {
      x,
      y,
      status,
      statusVal: STATUS_VALUES[status],
      ...(status.startsWith("primal") && certificate && { primalInfeasibilityCertificate: certificate }),
      ...(status.startsWith("dual") && certificate && { dualInfeasibilityCertificate: certificate }),
      info: {
        iterations: run.iterations,
        ...figures(status, residuals, point),
        rhoUpdates: penalties.updates,
        rhoEstimate: residuals.balance,
        polish: polished,
        ...assessment,
        ...(suspect && { suspect }),
        ...(finish && { accurate: finish.info }),
        ...(concave >= 0 && { nonConvexPivot: concave }),
        setupTime: this.#setupTime,
        updateTime: Number.isNaN(solveTime) ? Number.NaN : this.#updateTime,
        solveTime,
        polishTime: run.seconds - solveTime,
        runTime: run.total,
      },
    };
    if (!hasOne) resetIterate(splitting);
    table?.end(solution);
    this.#status = status;
    this.#solution = solution;
    this.#solves++;
    this.#updateTime = 0;
    return solution;
  }

  /** The accurate finish, where the method came to an end of its own. */
  #finish(
    workspace: Workspace,
    status: QpStatus,
    certificate: Float64Array | undefined,
  ): AccurateFinish | undefined {
    return isOwnEnd(status) ? finishAccurately(workspace, this.#settings, status, certificate) : undefined;
  }
}

interface Solving {
  readonly run: Run;
  readonly table: IterationTable | undefined;
  /** Iterations after which the accurate finish is tried, though nothing is decided. */
  patience: number;
}
