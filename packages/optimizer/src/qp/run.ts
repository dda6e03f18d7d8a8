import type { Engine } from "../kernels/engine.ts";
import type { IterationTable } from "./iteration-table.ts";
import { adaptationInterval } from "./penalty.ts";
import type { QpSettings } from "./settings.ts";
import type { QpStatus } from "./status.ts";
import type { Stopwatch } from "./stopwatch.ts";
import { decide, decideInaccurate } from "./termination.ts";
import type { Workspace } from "./workspace.ts";

/** Iterations between two lines of the table. */
const TABLE_INTERVAL = 200;
const NO_ERROR_YET = 1e30;

/** One solve under way: iterations in blocks that end where something has to be looked at. */
export class Run {
  iterations: number = 0;
  readonly #workspace: Workspace;
  readonly #settings: QpSettings;
  readonly #stopwatch: Stopwatch;
  readonly #earlier: number;
  readonly #table: IterationTable | undefined;
  readonly #interval: number;
  #errorAtLastChange: number = NO_ERROR_YET;
  /** The residuals are those of this iteration, and were tested. */
  #tested = false;

  /** `earlier` are the seconds that count as this run's, though they were spent before it. */
  constructor(
    workspace: Workspace,
    settings: QpSettings,
    stopwatch: Stopwatch,
    earlier: number,
    table: IterationTable | undefined,
  ) {
    this.#workspace = workspace;
    this.#settings = settings;
    this.#stopwatch = stopwatch;
    this.#earlier = earlier;
    this.#table = table;
    this.#interval = adaptationInterval(settings);
  }

  /** Seconds since the solve began. */
  get seconds(): number {
    return this.#stopwatch.seconds;
  }

  /** The same and those before it; a setup that had no clock counts nothing. */
  get total(): number {
    return (Number.isNaN(this.#earlier) ? 0 : this.#earlier) + this.seconds;
  }

  /** Goes on to the end. */
  finish(engine: Engine): QpStatus {
    let status: QpStatus | undefined;
    while (status === undefined) status = this.advance(engine, Number.POSITIVE_INFINITY);
    return status;
  }

  /** The status once it is decided; undefined when `allowance` iterations did not decide it. */
  advance(engine: Engine, allowance: number): QpStatus | undefined {
    const { sigma, alpha, maxIter, signal } = this.#settings;
    const pause = this.iterations + allowance;
    while (this.iterations < maxIter) {
      if (signal?.aborted) return this.#interrupted(engine);
      if (this.#timeIsUp()) return this.#lastLook(engine, "run time limit reached");
      if (this.iterations >= pause) return undefined;
      const stop = Math.min(this.#nextStop(), pause);
      engine.iterate(sigma, alpha, stop - this.iterations);
      this.iterations = stop;
      const status = this.#look(engine);
      if (status !== undefined) return status;
    }
    return this.#lastLook(engine, "maximum iterations reached");
  }

  /** Does what is due at this iteration, in the method's order: residuals, the tests, rho. */
  #look(engine: Engine): QpStatus | undefined {
    const { checkTermination, adaptiveRho } = this.#settings;
    const isDue = (interval: number): boolean => this.iterations % interval === 0;
    const check = checkTermination > 0 && isDue(checkTermination);
    const adapt = adaptiveRho !== 0 && isDue(this.#interval);
    this.#tested = check;
    if (!(check || adapt || this.#isShown())) return undefined;
    this.#measure(engine);
    const status = check ? this.#decide() : undefined;
    if (status !== undefined) {
      this.#show(false);
      return status;
    }
    const { level } = this.#workspace.penalties;
    const factored = adapt ? this.#adapt(engine) : true;
    this.#show(this.#workspace.penalties.level !== level);
    return factored ? undefined : "problem non convex";
  }

  /** The next iteration at which residuals, rho or a line of the table are due. */
  #nextStop(): number {
    const { maxIter, checkTermination, adaptiveRho } = this.#settings;
    let stop = maxIter;
    const due = (interval: number): void => {
      stop = Math.min(stop, (Math.floor(this.iterations / interval) + 1) * interval);
    };
    if (checkTermination > 0) due(checkTermination);
    if (adaptiveRho !== 0) due(this.#interval);
    if (this.#table !== undefined) due(TABLE_INTERVAL);
    return this.iterations === 0 && this.#isObserved() ? 1 : stop;
  }

  #isObserved(): boolean {
    return this.#table !== undefined || this.#settings.onIteration !== undefined;
  }

  #isShown(): boolean {
    if (this.iterations === 1) return this.#isObserved();
    return this.#table !== undefined && this.iterations % TABLE_INTERVAL === 0;
  }

  #show(rhoChanged: boolean): void {
    const { residuals, penalties } = this.#workspace;
    const { iterations } = this;
    if (iterations === 1 || iterations % TABLE_INTERVAL === 0 || rhoChanged) {
      this.#table?.line(iterations, residuals, penalties.level, rhoChanged, this.total);
    }
    this.#settings.onIteration?.({
      iteration: iterations,
      objective: residuals.objective,
      primalResidual: residuals.primal,
      dualResidual: residuals.dual,
      dualityGap: residuals.dualityGap,
      rho: penalties.level,
    });
  }

  #measure(engine: Engine): void {
    const { splitting, residuals, scaled, penalties } = this.#workspace;
    engine.measure();
    residuals.read(splitting.figures, {
      rho: penalties.level,
      c: scaled.c,
      scaledTermination: this.#settings.scaledTermination,
    });
  }

  #decide(): QpStatus | undefined {
    const { scaled, splitting, residuals, work } = this.#workspace;
    return decide(scaled, splitting, residuals, this.#settings, work);
  }

  /** Takes the balancing rho if it is far enough from the present one; false when K can then not be factored. */
  #adapt(engine: Engine): boolean {
    const { adaptiveRho, adaptiveRhoFraction, adaptiveRhoTolerance } = this.#settings;
    const { residuals, penalties, scaled } = this.#workspace;
    const { balance, worst } = residuals;
    if (adaptiveRho === 3 && !(worst <= adaptiveRhoFraction * this.#errorAtLastChange)) return true;
    const { level } = penalties;
    if (balance <= level * adaptiveRhoTolerance && balance >= level / adaptiveRhoTolerance) return true;
    if (this.#timeIsUp()) return true;
    this.#errorAtLastChange = worst;
    penalties.level = balance;
    penalties.updates++;
    this.#workspace.isConvex = engine.factor() === scaled.n;
    return this.#workspace.isConvex;
  }

  #timeIsUp(): boolean {
    const { timeLimit } = this.#settings;
    return timeLimit < Number.POSITIVE_INFINITY && this.total >= timeLimit;
  }

  #interrupted(engine: Engine): QpStatus {
    this.#measure(engine);
    return "interrupted";
  }

  /** The tests once more, then with wider tolerances, for an iterate that will not get better. */
  #lastLook(engine: Engine, otherwise: QpStatus): QpStatus {
    if (!this.#tested) {
      this.#measure(engine);
      const status = this.iterations > 0 ? this.#decide() : otherwise;
      if (status !== undefined) return status;
    }
    const { scaled, splitting, residuals, work } = this.#workspace;
    return decideInaccurate(scaled, splitting, residuals, this.#settings, work) ?? otherwise;
  }
}
