import { requireInteger } from "../guards/numbers.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import type { DecayOptions, EwmSettings, EwmWindowOptions } from "./ewm-decay.ts";
import { type EwmForm, type EwmRecord, emptyEwmRecord, readOff, takeIn } from "./ewm-moments.ts";
import { requireNumber } from "./series-stream.ts";
import { requireStateRecord } from "./stream-state.ts";

/** Where an exponentially weighted stream stands, as plain JSON: its options, and what its past comes down to. */
export interface EwmState extends DecayOptions {
  readonly version: 1;
  readonly adjust: boolean;
  readonly ignoreMissing: boolean;
  readonly minPeriods: number;
  readonly record: EwmRecordState;
}

/** A number of the record is null where it has left the doubles. */
export type EwmRecordState = { readonly [Name in keyof EwmRecord]: number | null };

/** An exponentially weighted statistic of one series, pushed value by value; the function of the same name folds it. */
export class EwmStream {
  readonly #settings: EwmSettings;
  readonly #form: EwmForm;
  readonly #record: EwmRecord;

  /** @internal */
  constructor(settings: EwmSettings, form: EwmForm, record: EwmRecord = emptyEwmRecord()) {
    this.#settings = settings;
    this.#form = form;
    this.#record = record;
  }

  /**
   * The answer up to this value, in the bits that the batch form gives. A value that is not finite is missing: the
   * answer stays, its weights may age.
   *
   * @throws QuantError "data" when x is no number.
   */
  push(x: number): number {
    takeIn(this.#record, requireNumber("x", x), this.#settings);
    if (this.#record.count < this.#settings.minPeriods) return Number.NaN;
    const answer = readOff(this.#record, this.#form);
    return Number.isFinite(answer) ? answer : Number.NaN;
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): EwmState {
    const { given, adjust, ignoreMissing, minPeriods } = this.#settings;
    const record = { ...this.#record } as { -readonly [Name in keyof EwmRecord]: number | null };
    for (const name of RECORD_NAMES) if (!Number.isFinite(record[name])) record[name] = null;
    return { ...given, version: 1, adjust, ignoreMissing, minPeriods, record };
  }
}

const RECORD_NAMES = Object.keys(emptyEwmRecord()) as (keyof EwmRecord)[];

/** The record of a state, each number of it finite or null (NaN from there on). */
export function requireEwmRecord(state: unknown): EwmRecord {
  const { record: numbers } = requireStateRecord(state);
  const record = emptyEwmRecord();
  for (const name of RECORD_NAMES) {
    const value = (numbers as Partial<Record<string, unknown>> | null | undefined)?.[name];
    if (value !== null && !Number.isFinite(value)) {
      throw new QuantError(
        "data",
        `state.record.${name} must be a finite number or null, got ${show(value)}`,
        {
          argument: `state.record.${name}`,
          value,
        },
      );
    }
    record[name] = value === null ? Number.NaN : (value as number);
  }
  requireInteger("state.record.count", record.count, 0);
  return record;
}

/** The options of a state: each is checked again where a stream is made of them. */
export function ewmOptionsOf(state: EwmState): EwmWindowOptions {
  const { version: _version, record: _record, ...options } = state;
  return options;
}
