import { QuantError } from "@astra-quant/core-linalg";
import { show } from "@astra-quant/core-linalg/guards";
import type { ParameterPoint } from "./parameter-sets.ts";
import type { SweepOutcome } from "./sweep-outcome.ts";
import type { SweepRecordOptions } from "./sweep-record.ts";

/** What a swept module exports, under these names. Its functions may answer with promises. */
export interface SweptModule<Point extends ParameterPoint = ParameterPoint, Data = unknown, Prepared = Data> {
  /** Called once in every worker: what all points share. Without it they share the data themselves. */
  readonly prepare?: (data: Data, context: Required<SweepRecordOptions>) => Prepared | Promise<Prepared>;
  /** The returns of one point; `context` is what `sweepRecord` takes as options. */
  readonly evaluate: (
    point: Point,
    prepared: Prepared,
    context: Required<SweepRecordOptions>,
  ) => SweepOutcome | Promise<SweepOutcome>;
}

/** What became of one point: an answer, or what was thrown. */
export type PointAnswer =
  | { readonly outcome: unknown }
  | { readonly thrown: { readonly name: string; readonly message: string } };

/** Goes through points in this thread. */
export class SweptHere {
  readonly #module: SweptModule<ParameterPoint, unknown, unknown>;
  readonly #context: Required<SweepRecordOptions>;
  readonly #prepared: unknown;

  private constructor(
    module: SweptModule<ParameterPoint, unknown, unknown>,
    prepared: unknown,
    context: Required<SweepRecordOptions>,
  ) {
    this.#module = module;
    this.#prepared = prepared;
    this.#context = context;
  }

  static async prepare(
    module: SweptModule<ParameterPoint, unknown, unknown>,
    data: unknown,
    context: Required<SweepRecordOptions>,
  ): Promise<SweptHere> {
    if (typeof module.evaluate !== "function") {
      throw new QuantError(
        "option",
        `the swept module must export a function evaluate, got ${show(module.evaluate)}`,
      );
    }
    return new SweptHere(module, module.prepare ? await module.prepare(data, context) : data, context);
  }

  async run(points: readonly ParameterPoint[]): Promise<PointAnswer[]> {
    const answers: PointAnswer[] = [];
    for (const point of points) answers.push(await this.#answerTo(point));
    return answers;
  }

  async #answerTo(point: ParameterPoint): Promise<PointAnswer> {
    try {
      return { outcome: await this.#module.evaluate(point, this.#prepared, this.#context) };
    } catch (thrown) {
      const { name, message } = thrown instanceof Error ? thrown : { name: "Error", message: String(thrown) };
      return { thrown: { name, message } };
    }
  }
}
