export type { ArrowTableLike, ArrowTypeLike, ArrowVectorLike } from "./arrow-table.ts";
export { type PanelFromArrowOptions, panelFromArrow } from "./panel-from-arrow.ts";
export { type ArrowModule, type PanelToArrowOptions, panelToArrow } from "./panel-to-arrow.ts";
