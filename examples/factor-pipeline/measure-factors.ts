import type { Panel } from "@astra-quant/core-linalg";
import {
  crossSectionalIc,
  crossSectionalScores,
  evaluateSignals,
  factorSignals,
  HealthMonitor,
  type MarketData,
  type MonitoredHealth,
  signalPnl,
  turnoverAdjustedCrossSectionalIc,
} from "@astra-quant/signals";

/** Rows of turnover that weigh a coefficient down. */
const TURNOVER_WINDOW = 63;

/** A factor and what is known of it, row by row; each row looks back only. */
export interface MeasuredFactor {
  /** Each name against the others of its day, within ± 3. */
  readonly scores: Panel;
  /** The coefficient of the scores of the day before with the day's returns. */
  readonly ic: Float64Array;
  readonly health: readonly MonitoredHealth[];
  /** What it earns by itself, before costs. */
  readonly pnl: Float64Array;
}

function healthOf(ic: Float64Array, net: Float64Array): MonitoredHealth[] {
  const monitor = new HealthMonitor();
  return Array.from(ic, (value, t) => monitor.push(value, net[t]!));
}

/** The five factors, standardised across names and measured. The season of carry is one for all and is left out. */
export function measureFactors(data: MarketData): Readonly<Record<string, MeasuredFactor>> {
  const panels = evaluateSignals(factorSignals({ carry: { seasonalityWeight: 0 } }), data);
  return Object.fromEntries(
    Object.entries(panels).map(([name, panel]) => {
      const scores = crossSectionalScores(panel, { limit: 3 });
      const ic = crossSectionalIc(scores, data.returns);
      const net = turnoverAdjustedCrossSectionalIc(scores, data.returns, { window: TURNOVER_WINDOW });
      const pnl = signalPnl(scores, data.returns);
      return [name, { scores, ic, health: healthOf(ic, net), pnl }];
    }),
  );
}
