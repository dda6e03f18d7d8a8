import { QuantError } from "@astra-quant/core-linalg";
import { requireInteger } from "@astra-quant/core-linalg/guards";
import { COMPONENTS } from "./components.ts";
import { powerOfTen, unitsHalfAway } from "./round-half-away.ts";

/** The scale of a statement with so many decimals: 100 for cents. */
export function unitsOf(decimals: number): number {
  return powerOfTen(requireInteger("decimals", decimals, 0, 8));
}

/** The units, if a double counts that far without a gap. */
export function requireCountable(units: number): number {
  if (Math.abs(units) <= Number.MAX_SAFE_INTEGER) return units;
  throw new QuantError(
    "range",
    `book must be charged at most 2^53 units of the last decimal on a statement, got ${units}`,
    { argument: "book", units },
  );
}

/**
 * Rounds the rows of a statement to whole units of its last decimal: the amount half away from zero, and parts that add
 * up to it exactly. Each part is rounded down, then the units that are missing go to those that lost most, the first of
 * equals first (largest remainders).
 */
export class StatementRow {
  /** The parts of an amount, one a component in the order of `COMPONENTS`; whole units once it has been printed. */
  readonly parts: Float64Array = new Float64Array(COMPONENTS.length);
  readonly #lost: Float64Array = new Float64Array(COMPONENTS.length);
  /** Units in one of the currency: 100 for cents. */
  readonly scale: number;
  readonly #decimals: number;

  constructor(decimals: number) {
    this.#decimals = decimals;
    this.scale = unitsOf(decimals);
  }

  /**
   * The units of an amount, those of its parts in their place.
   *
   * @throws QuantError "range" for an amount of more units than a double can count.
   */
  print(amount: number): number {
    const [parts, lost] = [this.parts, this.#lost];
    const whole = requireCountable(unitsHalfAway(amount, this.#decimals));
    let missing = whole;
    for (let i = 0; i < parts.length; i++) {
      const exact = parts[i]! * this.scale;
      const down = Math.floor(exact) + 0;
      parts[i] = down;
      lost[i] = exact - down;
      missing -= down;
    }
    for (; missing > 0; missing--) {
      let most = 0;
      for (let i = 1; i < lost.length; i++) if (lost[i]! > lost[most]!) most = i;
      parts[most]! += 1;
      lost[most] = -1;
    }
    return whole;
  }
}
