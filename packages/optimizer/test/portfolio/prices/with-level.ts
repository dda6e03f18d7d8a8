import type { PortfolioSpec } from "../../../src/index.ts";

type Band = { min?: number; max?: number };
type Limits = {
  gross?: { max: number };
  net?: Band | { equal: number };
  turnover?: { max: number };
  weights?: { min: Float64Array; max: Float64Array };
  participation?: { max: number | Float64Array; averageDailyValue: Float64Array; capital: number };
  groups?: Record<string, Band & { gross?: { max: number } }>;
  exposures?: Record<string, Band>;
};

/** The spec with one named limit elsewhere; of an equality both sides where `isLevel`. Undefined where no number says so. */
export function withLevel<S extends PortfolioSpec>(
  spec: S,
  constraint: string,
  level: number,
  isLevel: boolean,
): S | undefined {
  const constraints = structuredClone(spec.constraints) as Limits;
  const side = constraint.includes(".min") ? "min" : "max";
  const [kind, name] = constraint.split(".") as [string, string];
  const asset = Number(/\[(\d+)\]$/.exec(constraint)?.[1]);
  const move = (band: Band): void => {
    const isEqual = band.min === band.max;
    band[side] = level;
    if (isEqual && isLevel) Object.assign(band, { min: level, max: level });
  };
  if (kind === "gross" || kind === "turnover") constraints[kind]!.max = level;
  else if (kind === "net") {
    const { net } = constraints as { net: Band | { equal: number } };
    const band = "equal" in net ? { min: net.equal, max: net.equal } : net;
    move(band);
    constraints.net = band;
  } else if (kind === "exposures") move(constraints.exposures![name]!);
  else if (kind === "groups") {
    const group = constraints.groups![name]!;
    if (constraint.endsWith("gross.max")) group.gross!.max = level;
    else move(group);
  } else if (kind === "weights") {
    const { min, max } = constraints.weights!;
    const band = { min: min[asset]!, max: max[asset]! };
    move(band);
    min[asset] = band.min;
    max[asset] = band.max;
  } else {
    const limit = constraints.participation!;
    const share = (Math.max(0, level) * limit.capital) / limit.averageDailyValue[asset]!;
    if (!Number.isFinite(share)) return undefined;
    const all = limit.averageDailyValue.map((_, i) =>
      typeof limit.max === "number" ? limit.max : limit.max[i]!,
    );
    limit.max = all.with(asset, share);
  }
  return { ...spec, constraints } as unknown as S;
}
