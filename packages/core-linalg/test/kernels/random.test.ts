import { describeKernel } from "@astra-quant/testkit";
import { fillRandomTypescript, fillRandomWebassembly } from "../../src/kernels/random.ts";
import type { Law } from "../../src/random/law.ts";
import { keysFromSeed } from "../../src/random/seed.ts";

const places = [
  { count: 1, low: 0 },
  { count: 2047, low: 5 },
  { count: 2049, low: 4294967000 },
  { count: 20_000, low: 17 },
];

const laws: readonly Law[] = [
  { name: "uniform" },
  { name: "normal" },
  { name: "exponential" },
  ...[1, 6, 2 ** 31 + 1, 2 ** 32].map((below): Law => ({ name: "integer", below })),
  ...[0.004, 0.3, 1, 2.5, 1e300].map((shape): Law => ({ name: "gamma", shape, scale: 1.7 })),
  ...[0.01, 1, 4.5, 1e10].map((degreesOfFreedom): Law => ({ name: "studentT", degreesOfFreedom })),
];

const show = (law: Law): string =>
  Object.entries(law)
    .map(([key, value]) => (key === "name" ? value : `${key} ${value}`))
    .join(", ");

function fill(
  kernel: typeof fillRandomTypescript | typeof fillRandomWebassembly,
  law: Law,
  count: number,
  low: number,
): Float64Array {
  const out = new Float64Array(count);
  kernel(law, out, { high: 3, low }, keysFromSeed("kernel"));
  return out;
}

describeKernel({
  name: "random",
  cases: laws.flatMap((law) => places.map((place) => ({ law, ...place }))),
  describeCase: ({ law, count, low }) => `${count} draws from counter ${low} of ${show(law)}`,
  typescript: ({ law, count, low }) => fill(fillRandomTypescript, law, count, low),
  webassembly: ({ law, count, low }) => fill(fillRandomWebassembly, law, count, low),
});
