import { type CivilDay, civilOf, isMonthEnd } from "../calendar/day.ts";

/** How both days of the month are moved before months are counted as 30 days. */
type Adjust = (first: number, end: number, maturity: number | undefined) => readonly [number, number];

const isFebruaryEnd = (day: number): boolean => civilOf(day).month === 2 && isMonthEnd(day);
const at = (day: number): number => civilOf(day).dayOfMonth;

/** The bond basis: 31 becomes 30, at the end only when the start is at the end of a month of 30 days. */
const bondBasis: Adjust = (first, end) => {
  const d1 = Math.min(at(first), 30);
  return [d1, d1 === 30 ? Math.min(at(end), 30) : at(end)];
};

/** The US rule for investments at ends of months: the last day of February counts as its 30th. */
const unitedStates: Adjust = (first, end, maturity) => {
  if (!isFebruaryEnd(first)) return bondBasis(first, end, maturity);
  return [30, isFebruaryEnd(end) ? 30 : Math.min(at(end), 30)];
};

/** The European rule: every 31st becomes the 30th. */
const european: Adjust = (first, end) => [Math.min(at(first), 30), Math.min(at(end), 30)];

/** Every last day of a month is a 30th, the end of February included, but not a maturity in February. */
const german: Adjust = (first, end, maturity) => [
  isMonthEnd(first) ? 30 : at(first),
  isMonthEnd(end) && !(end === maturity && isFebruaryEnd(end)) ? 30 : at(end),
];

/** The variants of counting every month as 30 days and every year as 360. */
export type Thirty360 = "30/360" | "30U/360" | "30E/360" | "30E/360 ISDA" | "30/360 German";

const VARIANTS: Readonly<Record<Thirty360, Adjust>> = {
  "30/360": bondBasis,
  "30U/360": unitedStates,
  "30E/360": european,
  "30E/360 ISDA": german,
  "30/360 German": (first, end) => german(first, end, undefined),
};

export const THIRTY_360: readonly Thirty360[] = Object.keys(VARIANTS) as Thirty360[];

/** (360 (Y2 − Y1) + 30 (M2 − M1) + (D2 − D1)) ÷ 360, the days moved as the variant says. */
export function thirty360(
  variant: Thirty360,
  first: number,
  end: number,
  maturity: number | undefined,
): number {
  const [from, to]: [CivilDay, CivilDay] = [civilOf(first), civilOf(end)];
  const [d1, d2] = VARIANTS[variant](first, end, maturity);
  return (360 * (to.year - from.year) + 30 * (to.month - from.month) + (d2 - d1)) / 360;
}
