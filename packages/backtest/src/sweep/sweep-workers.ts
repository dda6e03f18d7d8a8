import { QuantError } from "@astra-quant/core-linalg";
import type workerpool from "workerpool";
import type { ParameterPoint } from "./parameter-sets.ts";
import type { SweepRecordOptions } from "./sweep-record.ts";
import type { PointAnswer } from "./swept-module.ts";

/**
 * What a worker does with some points, as text, so that no bundler, compiler or test runner rewrites its `import`: it
 * loads the module and prepares the data once, asks for the data where it has none yet, and answers as `SweptHere` does.
 */
const ANSWER = `async (url, given, context, points) => {
  if (globalThis.swept === undefined) {
    if (given === null) return { wanted: "data" };
    globalThis.swept = (async () => {
      const module = await import(url);
      if (typeof module.evaluate !== "function") throw new Error("it exports no function evaluate");
      return { module, prepared: module.prepare ? await module.prepare(given.data, context) : given.data };
    })();
  }
  let swept;
  try {
    swept = await globalThis.swept;
  } catch (thrown) {
    return { broken: String(thrown?.message ?? thrown) };
  }
  const answers = [];
  for (const point of points) {
    try {
      answers.push({ outcome: await swept.module.evaluate(point, swept.prepared, context) });
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : { name: "Error", message: String(thrown) };
      answers.push({ thrown: { name: error.name, message: error.message } });
    }
  }
  return { answers };
}`;

type Reply =
  | { readonly wanted: "data" }
  | { readonly broken: string }
  | { readonly answers: readonly PointAnswer[] };

/** The part of a pool that is used here. */
interface Pool {
  exec(method: string, parameters: unknown[]): unknown;
  terminate(force: boolean): unknown;
}

/** The library workerpool, as far as a sweep needs it. */
export interface PoolLibrary {
  pool(options: {
    readonly minWorkers: number;
    readonly maxWorkers: number;
    readonly workerType: "auto";
  }): Pool;
}

/**
 * The library by its name, at run time: it names modules of Node, at which bundlers for browsers would stop although no
 * sweep is in the bundle.
 */
async function installedLibrary(): Promise<PoolLibrary> {
  const name: string = "workerpool";
  const { default: library } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as {
    default: typeof workerpool;
  };
  return library;
}

/** Workers that go through points, each with a copy of the module and with the data in shared memory. */
export class SweepWorkers {
  readonly #pool: Pool;
  readonly #url: string;
  readonly #data: unknown;
  readonly #context: Required<SweepRecordOptions>;

  private constructor(pool: Pool, url: string, data: unknown, context: Required<SweepRecordOptions>) {
    this.#pool = pool;
    this.#url = url;
    this.#data = data;
    this.#context = context;
  }

  static async start(
    workers: number,
    url: string,
    data: unknown,
    context: Required<SweepRecordOptions>,
    library?: PoolLibrary,
  ): Promise<SweepWorkers> {
    const { pool } = library ?? (await installedLibrary());
    const crew = pool({ minWorkers: workers, maxWorkers: workers, workerType: "auto" });
    return new SweepWorkers(crew, url, data, context);
  }

  /** The answers to some points. A worker that dies takes only the point down that killed it. */
  async run(points: readonly ParameterPoint[]): Promise<readonly PointAnswer[]> {
    let reply: Reply;
    try {
      reply = await this.#ask(points);
    } catch (thrown) {
      if (points.length > 1) return this.#oneByOne(points);
      const [message] = String((thrown as Error).message).split("\n");
      return [{ thrown: { name: "WorkerError", message: message! } }];
    }
    if ("answers" in reply) return reply.answers;
    const reason = "broken" in reply ? reply.broken : "it asked for the data twice";
    throw new QuantError("data", `module ${this.#url} could not be swept: ${reason}`, { module: this.#url });
  }

  async #ask(points: readonly ParameterPoint[]): Promise<Reply> {
    const send = async (given: { data: unknown } | null): Promise<Reply> =>
      (await this.#pool.exec("run", [ANSWER, [this.#url, given, this.#context, points]])) as Reply;
    const reply = await send(null);
    return "wanted" in reply ? send({ data: this.#data }) : reply;
  }

  async #oneByOne(points: readonly ParameterPoint[]): Promise<PointAnswer[]> {
    const answers: PointAnswer[] = [];
    for (const point of points) answers.push(...(await this.run([point])));
    return answers;
  }

  /** Ends all workers, at once. */
  async stop(): Promise<void> {
    await this.#pool.terminate(true);
  }
}
