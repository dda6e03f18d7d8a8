import type { InnovationDiagnostics } from "./innovation-diagnostics.ts";

/** What stands out at the significance given: first the size of the innovations, then their other faults. */
export function consistencySentence(
  found: Omit<InnovationDiagnostics, "sentence">,
  significance: number,
): string {
  const { observations, ratio, consistent, autocorrelation, normality, heteroscedasticity } = found;
  if (Number.isNaN(ratio)) return `${observations} innovations are too few to tell`;
  const times = (factor: number) => `${factor < 9.95 ? factor.toFixed(1) : factor.toPrecision(2)}×`;
  const size =
    ratio < 1
      ? `innovations are ${ratio > 0 ? times(1 / ratio) : "infinitely"} smaller than the filter believes`
      : `innovations are ${times(ratio)} larger than the filter believes`;
  const faults = [
    ...(autocorrelation.pValue < significance ? ["autocorrelated"] : []),
    ...(normality.pValue < significance
      ? [normality.kurtosis > 3 ? "not normal (fat tails)" : "not normal"]
      : []),
    ...(heteroscedasticity.pValue < significance
      ? [heteroscedasticity.statistic > 1 ? "more volatile at the end" : "less volatile at the end"]
      : []),
  ];
  const others = faults.length === 0 ? "" : `${faults.join(" and ")}`;
  if (!consistent) return others === "" ? size : `${size}, and ${others}`;
  return others === ""
    ? "innovations are as the filter believes"
    : `innovations are as large as the filter believes, but ${others}`;
}
