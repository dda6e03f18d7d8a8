import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backtestOverfitting } from "../../src/index.ts";

const panel = fc
  .tuple(fc.integer({ min: 8, max: 40 }), fc.integer({ min: 2, max: 6 }))
  .chain(([rows, columns]) => {
    const entry = fc.integer({ min: -500, max: 500 }).map((steps) => steps / 10_000);
    const row = fc.array(entry, { minLength: columns, maxLength: columns });
    return fc.array(row, { minLength: rows, maxLength: rows });
  });
const options = { periodsPerYear: 252, blocks: 4 };

describe("laws of the probability of overfitting", () => {
  test("ways come in pairs: what is in sample for one is out of sample for the other", () => {
    fc.assert(
      fc.property(panel, (returns) => {
        const { chosen, inSample, outOfSample, probability, logits } = backtestOverfitting(returns, options);
        const ways = logits.length;
        for (let way = 0; way < ways; way++) {
          if (chosen[way] === chosen[ways - 1 - way]) {
            expect(outOfSample[way]).toBe(inSample[ways - 1 - way]);
          } else {
            expect(outOfSample[way]!).toBeLessThanOrEqual(inSample[ways - 1 - way]!);
          }
        }
        expect(probability).toBe(logits.filter((logit) => logit <= 0).length / ways);
      }),
    );
  });

  test("a strategy that copies another changes no ratio of the chosen", () => {
    fc.assert(
      fc.property(panel, (returns) => {
        const copied = returns.map((row) => [...row, row[0]!]);
        const [one, other] = [backtestOverfitting(returns, options), backtestOverfitting(copied, options)];
        expect(other.inSample).toEqual(one.inSample);
        expect(other.outOfSample).toEqual(one.outOfSample);
      }),
    );
  });

  test("the order of the strategies changes nothing of the best ratio in sample", () => {
    fc.assert(
      fc.property(panel, (returns) => {
        const one = backtestOverfitting(returns, options);
        const other = backtestOverfitting(
          returns.map((row) => row.toReversed()),
          options,
        );
        expect(other.inSample).toEqual(one.inSample);
      }),
    );
  });
});
