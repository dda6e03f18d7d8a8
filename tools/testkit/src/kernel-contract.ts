import { describe, expect, test } from "vitest";
import { type Numbers, sameBits } from "./expect-close.ts";

/** Two ways to run one kernel: the readable TypeScript and the WebAssembly it must equal in every bit. */
export interface KernelContract<Case> {
  readonly name: string;
  readonly cases: readonly Case[];
  describeCase(input: Case): string;
  typescript(input: Case): Numbers;
  webassembly(input: Case): Numbers;
}

/** Runs the contract: both forms give the same bits on every case. */
export function describeKernel<Case>(contract: KernelContract<Case>): void {
  describe(`kernel contract of ${contract.name}`, () => {
    for (const input of contract.cases) {
      test(`TypeScript and WebAssembly give the same bits: ${contract.describeCase(input)}`, () => {
        expect(sameBits(contract.webassembly(input), contract.typescript(input))).toBe(true);
      });
    }
  });
}
