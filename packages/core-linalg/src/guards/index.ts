export { requireTimeOfDay } from "../series/bins.ts";
export { requireMoment } from "../series/date-like.ts";
export { inKindOf, requirePanel, requireTable, requireTableLike, roomInKind } from "../series/in-kind.ts";
export { isPanel } from "../series/table-like.ts";
export { requireZone, wallTime, type Zone } from "../series/time-zone.ts";
export { isSparseColumns } from "../sparse/sparse-columns.ts";
export { requireUpperTriangle } from "../sparse/upper-triangle.ts";
export { requireFiniteMatrix, requireMatrix, requireSymmetricMatrix } from "./matrices.ts";
export {
  requireFinite,
  requireInteger,
  requireNonNegative,
  requireNumber,
  requirePositive,
  requireProbability,
} from "./numbers.ts";
export { nearestName, requireBoolean, requireKnownOptions, requireOneOf } from "./options.ts";
export { isQuantError, QuantError, type QuantErrorCode, show } from "./quant-error.ts";
export {
  refuseField,
  requireStateNumber,
  requireStateRecord,
  requireStateSeries,
  requireStateValue,
  type StateRecord,
  toJsonNumber,
  toJsonSeries,
} from "./states.ts";
export {
  isVector,
  outputVector,
  requireApart,
  requireFiniteVector,
  requireVector,
  type VectorLike,
} from "./vectors.ts";
