import type { TableLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireNonNegative } from "@astra-quant/core-linalg/guards";
import { type CrossSectionalIcOptions, crossSectionalIc } from "./cross-sectional-ic.ts";
import { type CrossSectionalTurnoverOptions, crossSectionalTurnover } from "./cross-sectional-turnover.ts";
import { PAIRING_OPTIONS } from "./pairing.ts";

export interface TurnoverAdjustedCrossSectionalIcOptions
  extends CrossSectionalIcOptions,
    Omit<CrossSectionalTurnoverOptions, "out"> {
  /** What a unit of turnover weighs, ≥ 0. @defaultValue 100 */
  readonly turnoverPenalty?: number;
}

/**
 * The cross-sectional information coefficient net of trading, row by row: IC ÷ (1 + 100 turnover), with the turnover of
 * `crossSectionalTurnover` over the last `window` rows. Row t is made of what is known at t; NaN where either part is.
 *
 * @throws QuantError as `crossSectionalIc` and `crossSectionalTurnover` do; "range" for a negative penalty.
 */
export function turnoverAdjustedCrossSectionalIc(
  signal: TableLike,
  returns: TableLike,
  options: TurnoverAdjustedCrossSectionalIcOptions = {},
): Float64Array {
  requireKnownOptions(options, [
    "method",
    "minAssets",
    ...PAIRING_OPTIONS,
    "window",
    "minPeriods",
    "position",
    "turnoverPenalty",
    "out",
  ]);
  const { window, minPeriods, position, turnoverPenalty = 100, ...rest } = options;
  requireNonNegative("turnoverPenalty", turnoverPenalty);
  const traded = crossSectionalTurnover(signal, {
    ...(window !== undefined && { window }),
    ...(minPeriods !== undefined && { minPeriods }),
    ...(position !== undefined && { position }),
  });
  const ic = crossSectionalIc(signal, returns, rest);
  for (let t = 0; t < ic.length; t++) ic[t]! /= 1 + turnoverPenalty * traded[t]!;
  return ic;
}
