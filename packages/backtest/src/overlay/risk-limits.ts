import { permittedPositions, RiskLimits, type RiskLimitsOptions } from "@astra-quant/risk";
import type { Overlay, OverlayBook, OverlayMoment, OverlayNote } from "./overlay.ts";

const DAY = 86_400_000;

/** The label of a row's day: its date (UTC), or the row itself where none is known. */
function dayOf({ dates }: OverlayBook, row: number): number {
  return dates === undefined ? row : Math.floor(dates[row]! / DAY);
}

/**
 * Lets a book do what risk's `RiskLimits` permit: they see equity and positions at the close before each bar and answer
 * with what may be held over it. Each limit that is broken is an event; a cut is traded at once, whatever the rule of
 * rebalancing says. The day of a daily loss is that of the dates; without dates every row is a day.
 *
 * @throws QuantError as `RiskLimits`
 */
export function limitsOverlay(options: RiskLimitsOptions = {}): Overlay {
  new RiskLimits(options); // refuses what is unlawful now, not at the first bar
  return {
    name: "limits",
    start(book) {
      const limits = new RiskLimits(options);
      const { assets } = book;
      return {
        adjust(wanted: Float64Array, { fillRow, equity, held }: OverlayMoment): readonly OverlayNote[] {
          const positions = Object.fromEntries(assets.map((asset, j) => [asset, held[j]! * equity]));
          const decision = limits.evaluate({ equity, day: dayOf(book, fillRow), positions });
          wanted.set(permittedPositions(wanted, decision, { current: held, assets }));
          return decision.breaches
            .filter(({ entered }) => entered)
            .map(({ limit, asset, reason, keep }) => ({
              kind: `limit:${limit}`,
              reason,
              ...(asset !== undefined && { asset: assets.indexOf(asset) }),
              urgent: keep < 1,
            }));
        },
      };
    },
  };
}
