import { describeKernel } from "@astra-quant/testkit";
import { fillSobolTypescript, fillSobolWebassembly, type SobolPlace } from "../../src/kernels/sobol.ts";
import { keysFromSeed } from "../../src/random/seed.ts";
import { directionNumbers } from "../../src/random/sobol-direction-numbers.ts";

const cases = [1, 2, 5, 8, 131].flatMap((dimensions) =>
  [1, 2, 7, 300].flatMap((count) =>
    [0, 1, 255, 2 ** 33 + 5].flatMap((index) =>
      [false, true].map((owen) => ({ dimensions, count, index, owen })),
    ),
  ),
);

type Case = (typeof cases)[number];

/** The points and the digits that the next one would have. */
function run(
  fill: (place: SobolPlace, out: Float64Array) => unknown,
  { dimensions, count, index, owen }: Case,
): number[] {
  const digits = Uint32Array.from({ length: 2 * dimensions }, (_, i) => (i * 2654435761) % 2 ** 20);
  const owenKey = owen ? keysFromSeed("owen").main : undefined;
  const out = new Float64Array(count * dimensions);
  fill({ dimensions, index, digits, directions: directionNumbers(dimensions), owenKey }, out);
  return [...out, ...digits];
}

describeKernel({
  name: "sobol",
  cases,
  describeCase: ({ dimensions, count, index, owen }) =>
    `${count} points of ${dimensions} dimensions from ${index}${owen ? ", scrambled" : ""}`,
  typescript: (input) => run(fillSobolTypescript, input),
  webassembly: (input) => run(fillSobolWebassembly, input),
});
