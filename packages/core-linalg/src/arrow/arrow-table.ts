/** What this package reads of an Arrow table's type: the numbers of the format's own schema. */
export interface ArrowTypeLike {
  readonly typeId: number;
  /** Of dates and timestamps. */
  readonly unit?: number;
  /** Of floating-point numbers. */
  readonly precision?: number;
  toString(): string;
}

/** What this package reads of an Arrow column. */
export interface ArrowVectorLike {
  readonly type: ArrowTypeLike;
  readonly length: number;
  readonly nullCount: number;
  isValid(row: number): boolean;
  get(row: number): unknown;
  toArray(): unknown;
}

/** What this package reads of an Arrow table: apache-arrow's `Table` of any version or copy fits. */
export interface ArrowTableLike {
  readonly numRows: number;
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  getChildAt(position: number): ArrowVectorLike | null;
}
