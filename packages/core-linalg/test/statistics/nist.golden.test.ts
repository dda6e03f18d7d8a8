import { describeGoldenText } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { autocorrelation, mean, std } from "../../src/index.ts";
import { CONSTRUCTED, digitsAgreed, type NistSet, readNistSet } from "./nist.ts";

/**
 * How many certified digits a double can carry: 15, but where the data are decimals on a large level their own rounding
 * to doubles takes some of the standard deviation and of the autocorrelation.
 */
const DIGITS: Readonly<Record<string, { mean: number; std: number; autocorrelation: number }>> = {
  Lew: { mean: 15, std: 14, autocorrelation: 14 },
  Lottery: { mean: 14, std: 14, autocorrelation: 14 },
  Mavro: { mean: 15, std: 13, autocorrelation: 13 },
  Michelso: { mean: 15, std: 13, autocorrelation: 13 },
  NumAcc1: { mean: 15, std: 15, autocorrelation: 15 },
  NumAcc2: { mean: 15, std: 15, autocorrelation: 15 },
  NumAcc3: { mean: 15, std: 9, autocorrelation: 12 },
  NumAcc4: { mean: 15, std: 8, autocorrelation: 10 },
  PiDigits: { mean: 15, std: 14, autocorrelation: 14 },
};

function certifies(name: string, set: NistSet): void {
  const digits = DIGITS[name]!;
  expect(set.data.length).toBeGreaterThan(2);
  expect(digitsAgreed(mean(set.data), set.mean)).toBeGreaterThanOrEqual(digits.mean);
  expect(digitsAgreed(std(set.data), set.std)).toBeGreaterThanOrEqual(digits.std);
  const [, r1] = autocorrelation(set.data, { lags: 1 });
  expect(digitsAgreed(r1!, set.autocorrelation)).toBeGreaterThanOrEqual(digits.autocorrelation);
}

describe("NIST's constructed sets, by their formulas", () => {
  for (const [name, set] of Object.entries(CONSTRUCTED)) {
    test(`${name}: mean, standard deviation and lag-1 autocorrelation carry the digits that doubles allow`, () => {
      certifies(name, set);
    });
  }
});

describeGoldenText(
  Object.keys(DIGITS).map((name) => `nist/${name}.txt`),
  (texts) => {
    Object.keys(DIGITS).forEach((name, i) => {
      test(`${name}: certified mean, standard deviation and lag-1 autocorrelation`, () => {
        certifies(name, readNistSet(texts[i]!));
      });
    });

    test("the constructed sets are those of the files", () => {
      for (const [name, set] of Object.entries(CONSTRUCTED)) {
        expect(set).toEqual(readNistSet(texts[Object.keys(DIGITS).indexOf(name)]!));
      }
    });
  },
);
