/** Random problems by their size: how many, from which seed on. */
export interface RandomClass {
  readonly mostAssets: number;
  readonly count: number;
  readonly from: number;
}

/** 6,000 problems of every kind of limit and cost. */
export const RANDOM_CLASSES: readonly RandomClass[] = [
  { mostAssets: 30, count: 5000, from: 0 },
  { mostAssets: 120, count: 850, from: 100_000 },
  { mostAssets: 300, count: 150, from: 200_000 },
];
