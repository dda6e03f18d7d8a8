import { QuantError } from "@astra-quant/core-linalg";
import { show } from "@astra-quant/core-linalg/guards";

/**
 * Names of assets, as many as there are and each but once.
 *
 * @param each - what each of them names, in messages
 */
export function requireAssetNames(
  assets: unknown,
  count: number,
  each: "column" | "position",
): readonly string[] {
  if (
    !Array.isArray(assets) ||
    assets.length !== count ||
    !assets.every((name): name is string => typeof name === "string")
  ) {
    throw new QuantError("data", `assets must be ${count} names, one a ${each}, got ${show(assets)}`, {
      argument: "assets",
    });
  }
  const twice = assets.find((name, j) => assets.indexOf(name) < j);
  if (twice === undefined) return assets;
  throw new QuantError("data", `assets must differ, got ${show(twice)} twice`, {
    argument: "assets",
    value: twice,
  });
}
