/**
 * The other half of tools/golden/core_linalg_special.py: `tsx evaluate.ts <function> <arity>` reads raw doubles, the arguments of one
 * call after the other, and writes the function's values as raw doubles.
 */
import { readFileSync } from "node:fs";
import * as chiSquareFile from "../../src/special/chi-square.ts";
import * as errorFunctionFile from "../../src/special/error-function.ts";
import * as expFile from "../../src/special/exp.ts";
import * as expm1File from "../../src/special/expm1.ts";
import * as logFile from "../../src/special/log.ts";
import * as logGammaFile from "../../src/special/log-gamma.ts";
import * as log1pFile from "../../src/special/log1p.ts";
import * as logisticFile from "../../src/special/logistic.ts";
import * as normalFile from "../../src/special/normal.ts";
import * as powFile from "../../src/special/pow.ts";
import * as studentTFile from "../../src/special/student-t.ts";
import * as tanhFile from "../../src/special/tanh.ts";
import * as trigonometricFile from "../../src/special/trigonometric.ts";

const name = process.argv[2] ?? "";
const library: Record<string, unknown> = {
  ...chiSquareFile,
  ...errorFunctionFile,
  ...expFile,
  ...expm1File,
  ...logFile,
  ...logGammaFile,
  ...log1pFile,
  ...logisticFile,
  ...normalFile,
  ...powFile,
  ...studentTFile,
  ...tanhFile,
  ...trigonometricFile,
};
const compute = library[name] as (...x: number[]) => number;
if (typeof compute !== "function") throw new Error(`no function ${name}`);
const arity = Number(process.argv[3] ?? 1);

const input = readFileSync(0);
const x = new Float64Array(input.buffer.slice(input.byteOffset, input.byteOffset + input.byteLength));
const y = new Float64Array(x.length / arity);
for (let i = 0; i < y.length; i++) y[i] = compute(...x.subarray(i * arity, (i + 1) * arity));
process.stdout.write(new Uint8Array(y.buffer));
