import { requireOneOf } from "../guards/options.ts";
import { CompensatedSum } from "../statistics/compensated-sum.ts";

/** What becomes of the values of one column within one bar; missing ones (NaN) are passed over. */
export type Aggregate = "first" | "last" | "min" | "max" | "sum" | "mean" | "count";

/** Every step-th entry of `data` from `first` up to, not including, `end`. */
type Reducer = (data: Float64Array, first: number, end: number, step: number) => number;

const first: Reducer = (data, from, end, step) => {
  for (let k = from; k < end; k += step) if (!Number.isNaN(data[k]!)) return data[k]!;
  return Number.NaN;
};

const last: Reducer = (data, from, end, step) => {
  for (let k = end - step; k >= from; k -= step) if (!Number.isNaN(data[k]!)) return data[k]!;
  return Number.NaN;
};

// A NaN is neither less nor more than the first value that is none.
const min: Reducer = (data, from, end, step) => {
  let least = first(data, from, end, step);
  for (let k = from; k < end; k += step) if (data[k]! < least) least = data[k]!;
  return least;
};

const max: Reducer = (data, from, end, step) => {
  let most = first(data, from, end, step);
  for (let k = from; k < end; k += step) if (data[k]! > most) most = data[k]!;
  return most;
};

const count: Reducer = (data, from, end, step) => {
  let known = 0;
  for (let k = from; k < end; k += step) if (!Number.isNaN(data[k]!)) known++;
  return known;
};

const sum: Reducer = (data, from, end, step) => {
  const total = new CompensatedSum();
  for (let k = from; k < end; k += step) if (!Number.isNaN(data[k]!)) total.add(data[k]!);
  return total.value;
};

const mean: Reducer = (data, from, end, step) => sum(data, from, end, step) / count(data, from, end, step);

const REDUCERS: Readonly<Record<Aggregate, Reducer>> = { first, last, min, max, sum, mean, count };

/** The reducer of that name. */
export function requireReducer(name: string, aggregate: unknown): Reducer {
  return REDUCERS[requireOneOf(name, aggregate, Object.keys(REDUCERS) as Aggregate[])];
}
