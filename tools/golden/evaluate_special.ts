/**
 * The other half of core_linalg_special.py: `tsx evaluate_special.ts <function>` reads raw doubles, the arguments of one
 * call after the other, and writes the function's values as raw doubles.
 */
import { readFileSync } from "node:fs";
import * as library from "../../packages/core-linalg/src/index.ts";

const name = process.argv[2] ?? "";
const compute = (library as unknown as Record<string, (...x: number[]) => number>)[name];
if (typeof compute !== "function") throw new Error(`no function ${name}`);
const arity = Number(process.argv[3] ?? 1);

const input = readFileSync(0);
const x = new Float64Array(input.buffer.slice(input.byteOffset, input.byteOffset + input.byteLength));
const y = new Float64Array(x.length / arity);
for (let i = 0; i < y.length; i++) y[i] = compute(...x.subarray(i * arity, (i + 1) * arity));
process.stdout.write(new Uint8Array(y.buffer));
