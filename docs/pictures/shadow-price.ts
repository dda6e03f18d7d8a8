// Draws docs/pictures/shadow-price.svg: utility against the gross limit, with the stated price as its slope, and its reach.
// Run: npx tsx --conditions=@astra-quant/source docs/pictures/shadow-price.ts
import { writeFileSync } from "node:fs";
import { PortfolioOptimizer } from "@astra-quant/optimizer";

const WIDTH = 560;
const HEIGHT = 280;
const MARGIN = 48;
const MOST = 3;
const HERE = 1;

const desk = new PortfolioOptimizer({
  assets: ["TECH", "BANK", "FOOD"],
  covariance: [
    [0.04, 0.018, 0.004],
    [0.018, 0.09, 0.006],
    [0.004, 0.006, 0.0225],
  ],
  expectedReturns: [0.09, -0.02, 0.04],
  objective: { maximize: "utility", riskAversion: 1 },
});

const at = (max: number) => desk.solve({ constraints: { gross: { max }, net: { min: -0.1, max: 0.1 } } });
const limits = Array.from({ length: 61 }, (_, k) => (k * MOST) / 60);
const utilities = limits.map((max) => at(max).objective);
const top = 1.15 * Math.max(...utilities);
const x = (limit: number): number => MARGIN + (limit / MOST) * (WIDTH - 2 * MARGIN);
const y = (utility: number): number => HEIGHT - MARGIN - (utility / top) * (HEIGHT - 2 * MARGIN);
const point = (limit: number, utility: number): string => `${x(limit).toFixed(1)},${y(utility).toFixed(1)}`;

const here = at(HERE);
const limit = here.binding.find(({ constraint }) => constraint === "gross.max");
const price = limit?.shadowPrice ?? 0;
const first = limit?.reach?.tightening?.until ?? HERE;
const last = limit?.reach?.loosening.until ?? HERE;
const piece = Array.from({ length: 21 }, (_, k) => first + (k * (last - first)) / 20);
const line = (reach: number): string => point(HERE + reach, here.objective + price * reach);
writeFileSync(
  new URL("shadow-price.svg", import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="sans-serif" font-size="13">
<title>Utility against the gross limit; the shadow price is its slope, and holds along its reach</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<path d="M${MARGIN},${MARGIN / 2}V${HEIGHT - MARGIN}H${WIDTH - MARGIN / 2}" fill="none" stroke="#888"/>
<polyline points="${limits.map((max, k) => point(max, utilities[k]!)).join(" ")}" fill="none" stroke="#1f5fa8" stroke-width="2.5"/>
<polyline points="${piece.map((max) => point(max, at(max).objective)).join(" ")}" fill="none" stroke="#1f5fa8" stroke-width="7" stroke-opacity="0.35" stroke-linecap="round"/>
<path d="M${line(-0.7)} L${line(0.7)}" stroke="#c2410c" stroke-width="1.5" stroke-dasharray="5 4"/>
<circle cx="${x(HERE)}" cy="${y(here.objective).toFixed(1)}" r="4.5" fill="#c2410c"/>
<text x="${x(HERE) + 12}" y="${(y(here.objective) + 46).toFixed(1)}" fill="#c2410c">slope = shadow price ${price.toFixed(4)}</text>
<text x="${x(last) + 10}" y="${(y(at(last).objective) + 20).toFixed(1)}" fill="#1f5fa8">its reach: ${first.toFixed(3)} to ${last.toFixed(3)}</text>
<text x="${WIDTH / 2}" y="${HEIGHT - 12}" text-anchor="middle">gross limit</text>
<text x="16" y="${HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 16 ${HEIGHT / 2})">utility</text>
${[0, 1, 2, 3].map((max) => `<text x="${x(max)}" y="${HEIGHT - MARGIN + 18}" text-anchor="middle">${max}</text>`).join("\n")}
</svg>
`,
);
console.log(price, first, last, here.objective);
