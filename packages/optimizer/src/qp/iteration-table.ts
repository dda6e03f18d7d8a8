import type { Residuals } from "./residuals.ts";
import type { QpSettings } from "./settings.ts";
import type { QpSolution } from "./solution.ts";

const RULE = "-".repeat(80);

const figure = (value: number): string => value.toExponential(2).padStart(10);
const seconds = (value: number): string =>
  (Number.isNaN(value) ? "-" : `${value.toExponential(2)}s`).padStart(10);
const onOff = (flag: boolean): string => (flag ? "on" : "off");

/** What there is to say about the problem before the first iteration. */
export interface ProblemSize {
  readonly n: number;
  readonly m: number;
  readonly entries: number;
}

/** The log of a solve: problem and settings, a line of figures now and then, and how it ended. */
export class IterationTable {
  readonly #settings: QpSettings;
  #last = 0;

  constructor(settings: QpSettings) {
    this.#settings = settings;
  }

  begin({ n, m, entries }: ProblemSize): void {
    const s = this.#settings;
    const rho = s.adaptiveRho === 0 ? "fixed" : "adaptive";
    const { log } = s;
    log(RULE);
    log(`problem:  variables n = ${n}, constraints m = ${m}, nnz(P) + nnz(A) = ${entries}`);
    log(
      `settings: epsAbs = ${s.epsAbs}, epsRel = ${s.epsRel}, epsPrimInf = ${s.epsPrimInf}, epsDualInf = ${s.epsDualInf},`,
    );
    log(`          rho = ${s.rho} (${rho}), sigma = ${s.sigma}, alpha = ${s.alpha}, maxIter = ${s.maxIter},`);
    log(
      `          checkTermination = ${s.checkTermination} (duality gap ${onOff(s.checkDualgap)}), scaling = ${s.scaling},`,
    );
    log(`          warm starting ${onOff(s.warmStarting)}, polishing ${onOff(s.polishing)}`);
    log("iter   objective   prim res   dual res        gap    rel kkt        rho       time");
  }

  /** A line at iteration k; `changed` marks a rho that was just changed. */
  line(k: number, residuals: Residuals, rho: number, changed: boolean, time: number): void {
    if (k === this.#last) return;
    this.#last = k;
    this.#row(String(k), residuals, `${figure(rho)}${changed ? "*" : " "}`, time);
  }

  polished(residuals: Residuals, time: number): void {
    this.#row("plsh", residuals, `${"-".repeat(8).padStart(10)} `, time);
  }

  end({ status, info }: QpSolution): void {
    const { log } = this.#settings;
    log("");
    log(`status:               ${status}`);
    if (info.polish !== 0) log(`solution polishing:   ${POLISH_WORDS[info.polish]}`);
    log(`number of iterations: ${info.iterations}`);
    log(`optimal objective:    ${info.objective.toPrecision(6)}`);
    log(`dual objective:       ${info.dualObjective.toPrecision(6)}`);
    log(`duality gap:          ${info.dualityGap.toExponential(2)}`);
    log(`run time:             ${seconds(info.runTime).trim()}`);
    log(`optimal rho estimate: ${info.rhoEstimate.toExponential(2)}`);
    log(RULE);
  }

  #row(
    name: string,
    { objective, primal, dual, dualityGap, worst }: Residuals,
    rho: string,
    time: number,
  ): void {
    const figures = [objective, primal, dual, dualityGap, worst].map(figure).join(" ");
    this.#settings.log(`${name.padStart(4)}  ${figures} ${rho}${seconds(time)}`);
  }
}

const POLISH_WORDS = {
  "-2": "not factored",
  "-1": "not taken",
  1: "taken",
  2: "nothing active",
} as const;
