import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyMoves, contradictions } from "../../../src/portfolio/active-set/contradictions.ts";
import { nextCorner } from "../../../src/portfolio/active-set/next-corner.ts";
import { movedTo, type OnPiece, withStates } from "../../../src/portfolio/active-set/piece.ts";
import { readSpec } from "../../../src/portfolio/reading/read-spec.ts";
import { solvePortfolio } from "../../../src/portfolio/solve-portfolio.ts";
import { randomPortfolio } from "../random-portfolios.ts";

/** To either side of a corner, in parts of t: far enough to show, near enough to meet no other. */
const ASIDE = 1e-5;

/** An end at this part of t is what rounding leaves of 0; at its inverse, of none. */
const NO_END = 1e-9;

/** What the states contradict where a piece is followed to a t. */
function contradictionsAt(at: OnPiece, t: number): number {
  const { units, unitKinks, states, portfolio } = movedTo(at, 1 / t);
  return contradictions(units.problem, unitKinks, states, units.adopt(portfolio)).length;
}

const problems = fc
  .integer({ min: 0, max: 2 ** 31 })
  .map((seed) => randomPortfolio(seed, 12))
  .filter(({ isBounded, isDefinite, spec }) => {
    return (
      isBounded && isDefinite && spec.objective.riskAversion > 0.1 && spec.costs?.quadratic === undefined
    );
  });

describe("the corner at the end of a piece", () => {
  test("is where its states hold before and do not after, and those with the one move do", () => {
    const seen = { ends: 0, goesOn: 0 };
    fc.assert(
      fc.property(problems, fc.constantFrom(-1, 1), ({ spec }, toward) => {
        const { problem } = readSpec(spec as Parameters<typeof readSpec>[0]);
        const { settled } = solvePortfolio(problem, "auto");
        const at = settled && withStates(settled, settled.states);
        if (at === undefined) return;
        const t = 1 / at.problem.gamma;
        if (contradictionsAt(at, t) > 0) return;
        const corner = nextCorner(at, toward as 1 | -1);
        if (corner === undefined) {
          expect(contradictionsAt(at, toward > 0 ? t * 1e3 : t / 1e3)).toBe(0);
          return;
        }
        const share = corner.t / t;
        if (!(share > NO_END && share < 1 / NO_END) || Math.abs(share - 1) < 3 * ASIDE) return;
        expect(contradictionsAt(at, corner.t * (1 - toward * ASIDE))).toBe(0);
        // margins are straight in t: what has ended stays so
        expect(contradictionsAt(at, toward > 0 ? 2 * corner.t : corner.t / 2)).toBeGreaterThan(0);
        seen.ends++;
        const beyond = withStates(movedTo(at, 1 / corner.t), applyMoves(at.states, [corner.move]));
        if (beyond !== undefined && contradictionsAt(beyond, corner.t * (1 + toward * ASIDE)) === 0) {
          seen.goesOn++;
        }
      }),
      { numRuns: 300 },
    );
    expect(seen.ends).toBeGreaterThan(100);
    // at degenerate corners more than one state changes
    expect(seen.goesOn / seen.ends).toBeGreaterThan(0.9);
  });
});
