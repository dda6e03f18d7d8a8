import { QuantError } from "@astra-quant/core-linalg";
import {
  requireInteger,
  requireKnownOptions,
  requireNonNegative,
  requireOneOf,
  requirePositive,
  show,
} from "@astra-quant/core-linalg/guards";

/** Where a solve stands. */
export interface QpProgress {
  readonly iteration: number;
  readonly objective: number;
  readonly primalResidual: number;
  readonly dualResidual: number;
  readonly dualityGap: number;
  readonly rho: number;
}

/** How the operator-splitting method runs. Names and defaults are OSQP's, in camelCase. */
export interface QpSettings {
  /** Penalty of the rows, clamped to [1e-6, 1e6]; adaptation moves it, and the new value stays. @defaultValue 0.1 */
  readonly rho: number;
  /** Equalities get 1000 rho and free rows 1e-6; false: every row the same rho. @defaultValue true */
  readonly rhoIsVec: boolean;
  /** Proximal weight of the variables. @defaultValue 1e-6 */
  readonly sigma: number;
  /** Over-relaxation, strictly between 0 and 2. @defaultValue 1.6 */
  readonly alpha: number;
  /** Passes of equilibration; 0 is none. @defaultValue 10 */
  readonly scaling: number;
  /** 0 never; 1 every `adaptiveRhoInterval` iterations; 3 then only if the error fell enough. @defaultValue 1 */
  readonly adaptiveRho: number;
  /** 0 lets it follow `checkTermination`. @defaultValue 50 */
  readonly adaptiveRhoInterval: number;
  /** Mode 3: adapt once the error is at most this fraction of that at the last change. @defaultValue 0.4 */
  readonly adaptiveRhoFraction: number;
  /** Adapt only when rho would change by more than this factor. @defaultValue 5 */
  readonly adaptiveRhoTolerance: number;
  /** @defaultValue 4000 */
  readonly maxIter: number;
  /** @defaultValue 1e-3 */
  readonly epsAbs: number;
  /** @defaultValue 1e-3 */
  readonly epsRel: number;
  /** @defaultValue 1e-4 */
  readonly epsPrimInf: number;
  /** @defaultValue 1e-4 */
  readonly epsDualInf: number;
  /** Measure the residuals in the scaled problem. @defaultValue false */
  readonly scaledTermination: boolean;
  /** Iterations between two looks at the residuals; 0: only after the last. @defaultValue 25 */
  readonly checkTermination: number;
  /** The duality gap is part of "solved". @defaultValue true */
  readonly checkDualgap: boolean;
  /** False: every solve starts from zero. @defaultValue true */
  readonly warmStarting: boolean;
  /** Solve for the active rows once more as equalities. @defaultValue false */
  readonly polishing: boolean;
  /** Steps of refinement in polishing. @defaultValue 3 */
  readonly polishRefineIter: number;
  /** Positive, and without effect, as in OSQP: polishing regularises by `sigma`. @defaultValue 1e-6 */
  readonly delta: number;
  /**
   * Seconds that a solve may take by `clock`, the first one's setup included. It is looked at between factorisations
   * and blocks of iterations; where it ends a solve depends on the machine. @defaultValue Infinity
   */
  readonly timeLimit: number;
  /** Milliseconds from any origin, such as `() => performance.now()`; times are NaN without one. @defaultValue none */
  readonly clock: (() => number) | undefined;
  /** Write a table of the iterations to `log`. @defaultValue false */
  readonly verbose: boolean;
  /** Takes the table's lines. @defaultValue console.log */
  readonly log: (line: string) => void;
  /** Called whenever the residuals are known: at the first iteration, at each test and each look at rho. @defaultValue none */
  readonly onIteration: ((progress: QpProgress) => void) | undefined;
  /** Ends a solve between two blocks of iterations, with the status "interrupted". @defaultValue none */
  readonly signal: AbortSignal | undefined;
  /**
   * Look behind the status: test certificates again, in the user's terms at 1e-9, and ask of a point whether its
   * multipliers or the last step prove that there is none; `info.suspect` tells. @defaultValue true
   */
  readonly certify: boolean;
  /**
   * Go on from where the method ended until violation, stationarity and gap are below 1e-9, or a certificate holds to
   * 1e-9: by the active set that shows, then by an interior point. `info.accurate` tells how it went. @defaultValue false
   */
  readonly accurate: boolean;
  /** "strict" takes the polished point only if violation, stationarity and gap together improve. @defaultValue "reference" */
  readonly polishAcceptance: "reference" | "strict";
}

export const DEFAULT_SETTINGS: QpSettings = {
  rho: 0.1,
  rhoIsVec: true,
  sigma: 1e-6,
  alpha: 1.6,
  scaling: 10,
  adaptiveRho: 1,
  adaptiveRhoInterval: 50,
  adaptiveRhoFraction: 0.4,
  adaptiveRhoTolerance: 5,
  maxIter: 4000,
  epsAbs: 1e-3,
  epsRel: 1e-3,
  epsPrimInf: 1e-4,
  epsDualInf: 1e-4,
  scaledTermination: false,
  checkTermination: 25,
  checkDualgap: true,
  warmStarting: true,
  polishing: false,
  polishRefineIter: 3,
  polishAcceptance: "reference",
  certify: true,
  accurate: false,
  delta: 1e-6,
  timeLimit: Number.POSITIVE_INFINITY,
  clock: undefined,
  verbose: false,
  log: (line) => console.log(line),
  onIteration: undefined,
  signal: undefined,
};

/** What may change between two solves; the others are fixed when the solver is made. */
export type LaterSettings = Pick<
  QpSettings,
  | "rho"
  | "alpha"
  | "maxIter"
  | "epsAbs"
  | "epsRel"
  | "epsPrimInf"
  | "epsDualInf"
  | "scaledTermination"
  | "checkTermination"
  | "checkDualgap"
  | "warmStarting"
  | "polishing"
  | "polishRefineIter"
  | "polishAcceptance"
  | "certify"
  | "accurate"
  | "delta"
  | "timeLimit"
  | "clock"
  | "verbose"
  | "log"
  | "onIteration"
  | "signal"
>;

const LATER_NAMES: readonly string[] = [
  "rho",
  "alpha",
  "maxIter",
  "epsAbs",
  "epsRel",
  "epsPrimInf",
  "epsDualInf",
  "scaledTermination",
  "checkTermination",
  "checkDualgap",
  "warmStarting",
  "polishing",
  "polishRefineIter",
  "polishAcceptance",
  "certify",
  "accurate",
  "delta",
  "timeLimit",
  "clock",
  "verbose",
  "log",
  "onIteration",
  "signal",
];

/** The settings with every default filled in. @throws QuantError for an unknown name or an illegal value. */
export function readSettings(given: Partial<QpSettings> = {}): QpSettings {
  requireKnownOptions(given, Object.keys(DEFAULT_SETTINGS));
  return checkSettings({ ...DEFAULT_SETTINGS, ...given });
}

/** `current` with the changes. @throws QuantError for a setting that is fixed, unknown, or illegal. */
export function changeSettings(current: QpSettings, changes: Partial<LaterSettings>): QpSettings {
  requireKnownOptions(changes, Object.keys(DEFAULT_SETTINGS));
  for (const name of Object.keys(changes)) {
    if (LATER_NAMES.includes(name)) continue;
    throw new QuantError("option", `${name} is fixed when the solver is made; make a new one to change it`, {
      option: name,
    });
  }
  return checkSettings({ ...current, ...changes });
}

function checkSettings(settings: QpSettings): QpSettings {
  requirePositive("rho", settings.rho);
  requirePositive("sigma", settings.sigma);
  requireBetween("alpha", settings.alpha, 0, 2);
  requireInteger("scaling", settings.scaling, 0);
  if (![0, 1, 3].includes(settings.adaptiveRho)) {
    throw new QuantError(
      "range",
      `adaptiveRho must be 0, 1 or 3 (2, by time, would make results depend on the clock), got ${show(settings.adaptiveRho)}`,
      { argument: "adaptiveRho", value: settings.adaptiveRho },
    );
  }
  requireInteger("adaptiveRhoInterval", settings.adaptiveRhoInterval, 0);
  requirePositive("adaptiveRhoFraction", settings.adaptiveRhoFraction);
  if (!(settings.adaptiveRhoTolerance >= 1)) {
    throw new QuantError(
      "range",
      `adaptiveRhoTolerance must be ≥ 1, got ${show(settings.adaptiveRhoTolerance)}`,
      {
        argument: "adaptiveRhoTolerance",
        value: settings.adaptiveRhoTolerance,
      },
    );
  }
  requireInteger("maxIter", settings.maxIter, 1);
  requireNonNegative("epsAbs", settings.epsAbs);
  requireNonNegative("epsRel", settings.epsRel);
  if (settings.epsAbs === 0 && settings.epsRel === 0) {
    throw new QuantError("range", "epsAbs and epsRel must not both be 0", { epsAbs: 0, epsRel: 0 });
  }
  requirePositive("epsPrimInf", settings.epsPrimInf);
  requirePositive("epsDualInf", settings.epsDualInf);
  requireInteger("checkTermination", settings.checkTermination, 0);
  requireInteger("polishRefineIter", settings.polishRefineIter, 0);
  requirePositive("delta", settings.delta);
  requireTimeLimit(settings);
  for (const name of ["log", "clock", "onIteration"] as const) requireFunction(name, settings[name]);
  requireSignal(settings.signal);
  requireOneOf("polishAcceptance", settings.polishAcceptance, ["reference", "strict"]);
  for (const name of BOOLEAN_NAMES) {
    if (typeof settings[name] === "boolean") continue;
    throw new QuantError("range", `${name} must be true or false, got ${show(settings[name])}`, {
      argument: name,
      value: settings[name],
    });
  }
  return settings;
}

const BOOLEAN_NAMES = [
  "rhoIsVec",
  "scaledTermination",
  "checkDualgap",
  "warmStarting",
  "polishing",
  "certify",
  "accurate",
  "verbose",
] as const;

function requireTimeLimit({ timeLimit, clock }: QpSettings): void {
  if (timeLimit === Number.POSITIVE_INFINITY) return;
  requirePositive("timeLimit", timeLimit);
  if (clock !== undefined) return;
  throw new QuantError("option", `timeLimit needs a clock to be read by, got timeLimit ${timeLimit} alone`, {
    option: "timeLimit",
  });
}

function requireFunction(name: "log" | "clock" | "onIteration", value: unknown): void {
  if (typeof value === "function" || (value === undefined && name !== "log")) return;
  throw new QuantError("option", `${name} must be a function, got ${show(value)}`, { option: name });
}

function requireSignal(signal: unknown): void {
  const isSignal = typeof signal === "object" && signal !== null && "aborted" in signal;
  if (signal === undefined || isSignal) return;
  throw new QuantError("option", `signal must be an AbortSignal, got ${show(signal)}`, { option: "signal" });
}

function requireBetween(name: string, value: unknown, least: number, greatest: number): void {
  if (typeof value === "number" && value > least && value < greatest) return;
  throw new QuantError(
    "range",
    `${name} must be strictly between ${least} and ${greatest}, got ${show(value)}`,
    {
      argument: name,
      value,
    },
  );
}
