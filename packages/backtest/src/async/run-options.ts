import { QuantError } from "@astra-quant/core-linalg";
import { show } from "@astra-quant/core-linalg/guards";

/** Refuses a signal or a listener that is none. */
export function requireRunOptions(options: { onProgress?: unknown; signal?: unknown }): void {
  const { onProgress, signal } = options;
  if (onProgress !== undefined && typeof onProgress !== "function") {
    throw new QuantError("option", `onProgress must be a function, got ${show(onProgress)}`, {
      argument: "onProgress",
    });
  }
  if (signal !== undefined && typeof (signal as AbortSignal | null)?.throwIfAborted !== "function") {
    throw new QuantError("option", `signal must be an AbortSignal, got ${show(signal)}`, {
      argument: "signal",
    });
  }
}
