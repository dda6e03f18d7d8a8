import { describe, expect, test } from "vitest";
import {
  countAxis,
  moneyAxis,
  moneyText,
  numberText,
  percentAxis,
  percentText,
  percentWithError,
  probabilityText,
  ratioText,
  ratioWithError,
} from "../../src/report/number-text.ts";

const said = (text: string): string => text.replaceAll("\u202f", " ");

describe("numbers in words of their kind", () => {
  test("thousands stand apart, minus is a minus, and what rounds to 0 has no sign", () => {
    expect(numberText(-1234567.891, 1)).toBe("−1,234,567.9");
    expect(numberText(-0.04, 1)).toBe("0.0");
    expect(numberText(-0, 0)).toBe("0");
    expect(numberText(1e15, 2)).toBe("1.0e15");
    expect(
      [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((x) => numberText(x, 2)),
    ).toEqual(["–", "∞", "−∞"]);
  });

  test("percent keep the digits that matter", () => {
    expect([22.93, 0.1723, 0.0496, 0.00257, 0.00042, 0.0000003, 0].map((x) => said(percentText(x)))).toEqual([
      "2,293 %",
      "17.2 %",
      "4.96 %",
      "0.26 %",
      "0.042 %",
      "0.0000 %",
      "0 %",
    ]);
    expect(percentText(Number.NaN)).toBe("–");
  });

  test("no digit stands beyond the second of the error", () => {
    expect(percentWithError(-0.000512, 0.0316)).toEqual({ value: "−0.1\u202f%", error: "3.2\u202f%" });
    expect(percentWithError(10.69, 15.83)).toEqual({ value: "1,069\u202f%", error: "1,583\u202f%" });
    expect(ratioWithError(-18.617, 6.49)).toEqual({ value: "−18.6", error: "6.5" });
    expect(ratioWithError(0.934, 0.2236)).toEqual({ value: "0.93", error: "0.22" });
  });

  test("a probability is never 0 or 1 by rounding", () => {
    expect([0.99999, 0.9985, 0.5, 0.0002].map((p) => said(probabilityText(p)))).toEqual([
      "> 99.9 %",
      "99.9 %",
      "50.0 %",
      "< 0.1 %",
    ]);
    expect(probabilityText(Number.NaN)).toBe("–");
  });

  test("ratios have two digits, and fewer when large", () => {
    expect([1.234, -15.04, 1234.5, 0].map(ratioText)).toEqual(["1.23", "−15.0", "1,235", "0.00"]);
  });

  test("money is told in thousands and millions, with its currency", () => {
    expect(moneyText(-1_234_567, "$")).toBe("−$1.23m");
    expect(moneyText(23_900_000, "EUR")).toBe("23.9m EUR");
    expect([0, 0.0037, 1.05, 999, 1000, 2.5e12, 1e15].map((x) => moneyText(x, ""))).toEqual([
      "0",
      "0.0037",
      "1.05",
      "999",
      "1.00k",
      "2.50tn",
      "1.0e15",
    ]);
    expect(moneyText(Number.NaN, "$")).toBe("–");
    expect(moneyText(-0.0000001, "$")).toBe("−$1.0e−7");
    expect([1e-9, 2e-9].map(moneyAxis("")(-9, 2e-9))).toEqual(["1.0e−9", "2.0e−9"]);
  });

  test("an axis has the digits of its step, and one unit", () => {
    expect([0, 0.05, 0.1].map(percentAxis(-2, 0.1)).map(said)).toEqual(["0 %", "5 %", "10 %"]);
    expect([0, 0.005].map(percentAxis(-3, 0.1)).map(said)).toEqual(["0.0 %", "0.5 %"]);
    expect([0, 500_000, 1_500_000].map(moneyAxis("$")(5, 1_500_000))).toEqual(["0", "$0.5m", "$1.5m"]);
    expect([0.5, 1].map(countAxis(-1, 1))).toEqual(["", "1"]);
  });
});
