import type { BindingLimit, PriceReach } from "./solution.ts";

/** A binding limit whose reach is worked out when it is first looked at, and then kept. */
export class LimitWithReach implements BindingLimit {
  readonly constraint: string;
  readonly shadowPrice: number;
  declare readonly perTenth?: number;
  declare readonly reach: PriceReach;
  readonly #workOut: () => PriceReach;
  #reach: PriceReach | undefined;

  /** Of the object itself, as a field is; one for all limits, since with a getter each they would have no shape in common. */
  static readonly #REACH: PropertyDescriptor & ThisType<LimitWithReach> = {
    enumerable: true,
    get() {
      this.#reach ??= this.#workOut();
      return this.#reach;
    },
  };

  constructor({ constraint, shadowPrice, perTenth }: BindingLimit, workOut: () => PriceReach) {
    this.constraint = constraint;
    this.shadowPrice = shadowPrice;
    if (perTenth !== undefined) this.perTenth = perTenth;
    this.#workOut = workOut;
    Object.defineProperty(this, "reach", LimitWithReach.#REACH);
  }
}
