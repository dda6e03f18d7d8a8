export { QuantError, type QuantErrorCode } from "./guards/quant-error.ts";
export type { VectorLike } from "./guards/vectors.ts";
export { Matrix } from "./matrix/matrix.ts";
export { matVec, multiply, quadraticForm, symmetrize, transpose } from "./matrix/multiply.ts";
export { type MatrixLike, type MlMatrixLike, toMatrix } from "./matrix/to-matrix.ts";
export { exp } from "./special/exp.ts";
export { log } from "./special/log.ts";
export { erfc, normalCdf, normalPdf, normalQuantile } from "./special/normal.ts";
export { cos, sin } from "./special/trigonometric.ts";
