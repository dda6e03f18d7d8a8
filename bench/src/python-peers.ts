import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Peer, Tensor } from "./ladder.ts";
import type { Timer } from "./timer.ts";

type PythonPeer = Extract<Peer, { python: string }>;

interface Reply {
  readonly error?: string;
  readonly seconds?: number;
  readonly versions?: Readonly<Record<string, string>>;
}

const SINGLE_THREAD = {
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  MKL_NUM_THREADS: "1",
  NUMBA_NUM_THREADS: "1",
};

/** The peers of bench/python in one Python process, timed there by Python's own clock, one thread. */
export class PythonPeers {
  /** Of Python, and of each library once a peer has used it. */
  versions: Readonly<Record<string, string>>;
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #replies: AsyncIterator<string>;
  readonly #folder: string;

  private constructor(
    process: ChildProcessByStdio<Writable, Readable, null>,
    replies: AsyncIterator<string>,
    folder: string,
    versions: Readonly<Record<string, string>>,
  ) {
    this.#process = process;
    this.#replies = replies;
    this.#folder = folder;
    this.versions = versions;
  }

  /** Undefined where there is no Python that can run the peers; what it lacks is told by each peer. */
  static async start(): Promise<PythonPeers | undefined> {
    const script = fileURLToPath(new URL("../python/peers.py", import.meta.url));
    const child = spawn("python3", [script], {
      env: { ...process.env, ...SINGLE_THREAD },
      stdio: ["pipe", "pipe", "inherit"], // warnings that nobody reads would fill a pipe and stop it
    });
    child.stdin.on("error", () => {}); // the missing reply tells
    const ended = new Promise<undefined>((resolve) => {
      child.once("error", () => resolve(undefined));
      child.once("exit", () => resolve(undefined));
    });
    const replies = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await Promise.race([replies.next(), ended]);
    if (first === undefined || first.done) return undefined;
    const { versions = {} } = JSON.parse(first.value) as Reply;
    return new PythonPeers(child, replies, mkdtempSync(join(tmpdir(), "astra-bench-")), versions);
  }

  /** Hands the inputs over and gives back the peer's outcome and its timer, or why it cannot take part. */
  async prepare(peer: PythonPeer): Promise<{ outcome: Float64Array; timer: Timer } | string> {
    const inputs = Object.fromEntries(
      Object.entries(peer.inputs).map(([name, input]) => [
        name,
        typeof input === "number" ? input : this.#write(name, input),
      ]),
    );
    const output = join(this.#folder, "outcome.bin");
    const { error, versions } = await this.#ask({ prepare: peer.python, inputs, output });
    if (error !== undefined) return error;
    this.versions = { ...this.versions, ...versions };
    const bytes = readFileSync(output);
    const outcome = new Float64Array(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
    );
    const timer: Timer = async (repetitions) => {
      const reply = await this.#ask({ run: repetitions });
      if (reply.seconds === undefined) throw new Error(reply.error ?? "the Python peer gave no time");
      return reply.seconds;
    };
    return { outcome, timer };
  }

  stop(): void {
    this.#process.stdin.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #write(name: string, { shape, data }: Tensor): { file: string; shape: readonly number[] } {
    const file = join(this.#folder, `${name}.bin`);
    writeFileSync(file, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return { file, shape };
  }

  async #ask(request: object): Promise<Reply> {
    this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#replies.next();
    if (done) throw new Error("the Python peers ended");
    return JSON.parse(value) as Reply;
  }
}
