import { lazyKernel } from "@astra-quant/core-linalg/kernels";
import { splittingWasm } from "./generated/splitting.ts";

/** Arguments are addresses of structures, and numbers. */
export interface SplittingModule {
  factor(ldl: number, tolerance: number): number;
  writePenalties(ldl: number, splitting: number): void;
  iterate(ldl: number, splitting: number, sigma: number, alpha: number, count: number): void;
  measure(splitting: number): void;
}

export const splittingModule: () => SplittingModule | undefined = lazyKernel<SplittingModule>(splittingWasm);
