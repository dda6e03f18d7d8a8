import { SingleBar } from "cli-progress";

/** Milliseconds after which a person wonders. */
const PATIENCE = 1000;

/**
 * A bar over the steps of a run, drawn on stderr only when the terminal is interactive and the run takes longer than a
 * second.
 */
export class Progress {
  readonly #started: number = performance.now();
  readonly #steps: number;
  #bar: SingleBar | undefined;
  #done = 0;

  constructor(steps: number) {
    this.#steps = steps;
  }

  step(name: string): void {
    const slow = performance.now() - this.#started > PATIENCE;
    if (this.#bar === undefined && slow && process.stderr.isTTY) {
      this.#bar = new SingleBar({ format: "{bar} {name}", hideCursor: true, clearOnComplete: true });
      this.#bar.start(this.#steps, this.#done, { name });
    }
    this.#bar?.update(this.#done, { name });
    this.#done++;
  }

  stop(): void {
    this.#bar?.stop();
  }
}
