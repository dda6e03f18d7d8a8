export { analyse, type SymbolicFactor } from "../sparse/elimination-tree.ts";
export { type PermutedSymmetric, permuteSymmetric } from "../sparse/permute-symmetric.ts";
export { symmetricTimesVector, timesVector, transposeTimesVector } from "../sparse/products.ts";
export { allocate, copyIn, copyOut, doublesAt, inArena, sharedMemory } from "./arena.ts";
export { choleskyTypescript } from "./cholesky.ts";
export { lazyKernel } from "./load-kernel.ts";
export { minimumDegreeOrder } from "./minimum-degree.ts";
export {
  factorLdl,
  factorTypescript,
  fetchFactor,
  type Ldl,
  ldlOf,
  type PlacedLdl,
  placeLdl,
  sendFactor,
  sendMatrix,
  solveLdl,
  solveTypescript,
} from "./sparse-ldl.ts";
export { Placed } from "./structure.ts";
