import { requireFinite } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { mapTable, type OutOption } from "./map-table.ts";
import type { TableLike, TableOf } from "./table-like.ts";

/**
 * Every missing value (NaN) replaced by the same finite `value`: the zero volume of a bar without trades, say.
 *
 * @throws QuantError "not-finite" or "range" for a value that is no finite number, "shape" for x or `out` of a wrong
 *   form.
 */
export function fillMissing<T extends TableLike>(
  x: T,
  value: number,
  options: OutOption<T> = {},
): TableOf<T> {
  requireKnownOptions(options, ["out"]);
  requireFinite("value", value);
  return mapTable("x", x, options, ({ data }, answer) => {
    for (let k = 0; k < data.length; k++) answer[k] = Number.isNaN(data[k]!) ? value : data[k]!;
  });
}
