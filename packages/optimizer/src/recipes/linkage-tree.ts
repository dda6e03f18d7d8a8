/** How far apart two clusters are. */
export type Linkage = "single" | "complete" | "average" | "ward";

/** Two clusters that were joined: leaves are 0 … n − 1, the cluster of merge m is n + m; left < right. */
export interface Merge {
  readonly left: number;
  readonly right: number;
  readonly height: number;
  readonly size: number;
}

/**
 * Agglomerative clustering of n points by their distances (n×n, row-major): always the two nearest clusters are joined,
 * of equals those with the lower numbers.
 */
export function linkageTree(distances: Float64Array, n: number, linkage: Linkage): Merge[] {
  const d = distances.slice();
  const id = Int32Array.from({ length: n }, (_, i) => i);
  const size = new Int32Array(n).fill(1);
  const isAlive = new Uint8Array(n).fill(1);
  const nearest = new Int32Array(n).fill(-1);
  const findNearest = (i: number): void => {
    let least = Number.POSITIVE_INFINITY;
    nearest[i] = -1;
    for (let j = 0; j < n; j++) {
      if (j === i || isAlive[j] === 0) continue;
      const distance = d[i * n + j]!;
      if (distance < least || nearest[i] === -1) {
        least = distance;
        nearest[i] = j;
      }
    }
  };
  for (let i = 0; i < n; i++) findNearest(i);
  const merges: Merge[] = [];
  for (let m = 0; m < n - 1; m++) {
    let a = -1;
    for (let i = 0; i < n; i++) {
      if (isAlive[i] === 1 && (a === -1 || d[i * n + nearest[i]!]! < d[a * n + nearest[a]!]!)) a = i;
    }
    const b = nearest[a]!;
    const height = d[a * n + b]!;
    merges.push({
      left: Math.min(id[a]!, id[b]!),
      right: Math.max(id[a]!, id[b]!),
      height,
      size: size[a]! + size[b]!,
    });
    for (let j = 0; j < n; j++) {
      if (isAlive[j] === 0 || j === a || j === b) continue;
      const joined = joinedDistance(linkage, {
        toA: d[a * n + j]!,
        toB: d[b * n + j]!,
        between: height,
        sizes: [size[a]!, size[b]!, size[j]!],
      });
      d[a * n + j] = joined;
      d[j * n + a] = joined;
    }
    isAlive[b] = 0;
    size[a]! += size[b]!;
    id[a] = n + m;
    for (let i = 0; i < n; i++) {
      if (isAlive[i] === 0 || m === n - 2) continue;
      if (i === a || nearest[i] === a || nearest[i] === b) findNearest(i);
      else if (d[i * n + a]! < d[i * n + nearest[i]!]!) nearest[i] = a;
    }
  }
  return merges;
}

interface Distances {
  readonly toA: number;
  readonly toB: number;
  readonly between: number;
  readonly sizes: readonly [number, number, number];
}

/** How far a third cluster is from two that are joined. */
function joinedDistance(linkage: Linkage, { toA, toB, between, sizes: [a, b, c] }: Distances): number {
  if (linkage === "single") return Math.min(toA, toB);
  if (linkage === "complete") return Math.max(toA, toB);
  if (linkage === "average") return (a * toA + b * toB) / (a + b);
  // d² = ((a + c) d_A² + (b + c) d_B² − c d_AB²) / (a + b + c)
  const squared = ((a + c) * toA * toA + (b + c) * toB * toB - c * between * between) / (a + b + c);
  return Math.sqrt(Math.max(0, squared));
}

/** The leaves as the tree hangs: of each merge the left cluster first. */
export function leafOrder(merges: readonly Merge[], n: number): Int32Array {
  const order = new Int32Array(n);
  let filled = 0;
  const open = [merges.length > 0 ? n + merges.length - 1 : 0];
  while (open.length > 0) {
    const cluster = open.pop()!;
    if (cluster < n) order[filled++] = cluster;
    else open.push(merges[cluster - n]!.right, merges[cluster - n]!.left);
  }
  return order;
}
