// Draws docs/pictures/gross-against-net.svg: what gross and net can be, and where the best book goes as gross is allowed.
// Run: npx tsx --conditions=@astra-quant/source docs/pictures/gross-against-net.ts
import { writeFileSync } from "node:fs";
import { PortfolioOptimizer } from "@astra-quant/optimizer";

const WIDTH = 560;
const HEIGHT = 320;
const MARGIN = 48;
const MOST = 2;
const BAND = 0.1;

const desk = new PortfolioOptimizer({
  covariance: [
    [0.04, 0.018, 0.004],
    [0.018, 0.09, 0.006],
    [0.004, 0.006, 0.0225],
  ],
  expectedReturns: [0.09, -0.02, 0.04],
  objective: { maximize: "utility", riskAversion: 0.5 },
});
const x = (gross: number): number => MARGIN + (gross / MOST) * (WIDTH - 2 * MARGIN);
const y = (net: number): number => HEIGHT / 2 - (net / MOST) * (HEIGHT / 2 - MARGIN / 2);
const at = (gross: number, net: number): string => `${x(gross).toFixed(1)},${y(net).toFixed(1)}`;
/** Where the best book stands for each gross limit. */
const path = (net: object): string =>
  Array.from({ length: 41 }, (_, k) => (k * MOST) / 40)
    .map((max) => desk.solve({ constraints: { gross: { max }, ...net } }))
    .map((book) => at(book.gross, book.net))
    .join(" ");

const free = path({});
const neutral = path({ net: { min: -BAND, max: BAND } });
writeFileSync(
  new URL("gross-against-net.svg", import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="sans-serif" font-size="13">
<title>Net lies between minus gross and gross; the best book with a net limit and without, as gross is allowed</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<path d="M${at(0, 0)} L${at(MOST, MOST)} L${at(MOST, -MOST)} Z" fill="#1f5fa8" fill-opacity="0.08"/>
<path d="M${at(BAND, BAND)} L${at(MOST, BAND)} L${at(MOST, -BAND)} L${at(BAND, -BAND)} L${at(0, 0)} Z" fill="#1f5fa8" fill-opacity="0.2"/>
<path d="M${x(0)},${MARGIN / 2}V${HEIGHT - MARGIN / 2}M${x(0)},${y(0)}H${WIDTH - MARGIN / 2}" fill="none" stroke="#888"/>
<polyline points="${free}" fill="none" stroke="#c2410c" stroke-width="2.5"/>
<polyline points="${neutral}" fill="none" stroke="#1f5fa8" stroke-width="2.5"/>
<circle cx="${x(0.5)}" cy="${y(0.9)}" r="4.5" fill="none" stroke="#444" stroke-width="1.5"/>
<text x="${x(0.5) + 2}" y="${y(0.9) - 12}" text-anchor="middle">no book: gross 0.5, net 0.9</text>
<text x="${x(1.72)}" y="${y(1.86)}" text-anchor="end">all long: net = gross</text>
<text x="${x(1.72)}" y="${y(-1.78)}" text-anchor="end">all short: net = −gross</text>
<text x="${x(1.25)}" y="${y(0.72)}" fill="#c2410c">no limit on net</text>
<text x="${x(1.25)}" y="${y(-0.3)}" fill="#1f5fa8">net within ±${BAND}</text>
<text x="${x(0.5)}" y="${y(0) + 16}" text-anchor="middle">gross</text>
<text x="${x(0) - 8}" y="${MARGIN / 2 + 4}" text-anchor="end">net</text>
${[1, 2].map((gross) => `<text x="${x(gross)}" y="${y(0) + 16}" text-anchor="middle">${gross}</text>`).join("\n")}
${[-1, 1].map((net) => `<text x="${x(0) - 8}" y="${y(net) + 4}" text-anchor="end">${net}</text>`).join("\n")}
</svg>
`,
);
console.log(free.split(" ").at(-1), neutral.split(" ").at(-1));
