import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Numbers, sameBits } from "./expect-close.ts";

/** What every stateful primitive promises. */
export interface StreamContract<Stream, Input> {
  readonly name: string;
  readonly inputs: fc.Arbitrary<readonly Input[]>;
  create(): Stream;
  /** Feeds one input and returns everything the stream says about it. */
  push(stream: Stream, input: Input): readonly number[];
  /** The batch form: one row of the same figures an input. */
  batch(inputs: readonly Input[]): readonly (readonly number[])[];
  state(stream: Stream): unknown;
  resume(state: unknown): Stream;
}

/** Runs the contract: the batch is the stream folded, and a resumed stream goes on as if never interrupted. */
export function describeStream<Stream, Input>(contract: StreamContract<Stream, Input>): void {
  describe(`stream contract of ${contract.name}`, () => {
    test("the batch form gives the stream's bits", () => {
      fc.assert(
        fc.property(contract.inputs, (inputs) => {
          const stream = contract.create();
          const streamed: Numbers = inputs.map((input) => contract.push(stream, input));
          expect(sameBits(streamed, contract.batch(inputs))).toBe(true);
        }),
      );
    });

    test("a stream resumed from JSON goes on with the same bits", () => {
      const cut = fc.tuple(contract.inputs, fc.double({ min: 0, max: 1, noNaN: true }));
      fc.assert(
        fc.property(cut, ([inputs, fraction]) => {
          const at = Math.floor(fraction * inputs.length);
          const whole = contract.create();
          const first = contract.create();
          for (const input of inputs.slice(0, at)) {
            contract.push(whole, input);
            contract.push(first, input);
          }
          const resumed = contract.resume(JSON.parse(JSON.stringify(contract.state(first))));
          for (const input of inputs.slice(at)) {
            expect(sameBits(contract.push(resumed, input), contract.push(whole, input))).toBe(true);
          }
        }),
      );
    });
  });
}
