export { ordinaryNumber, price, returnRows, simpleReturn } from "./arbitraries.ts";
export { expectClose, type Numbers, sameBits } from "./expect-close.ts";
export { describeKernel, type KernelContract } from "./kernel-contract.ts";
export {
  describeGolden,
  describeGoldenText,
  describeRealData,
  fixture,
  realData,
  sharedFolder,
} from "./outside-truth.ts";
export { describeStream, type StreamContract } from "./stream-contract.ts";
export { bits, printed, rounding, solver, statistical, type Tolerance } from "./tolerance.ts";
export { ulpDistance } from "./ulp-distance.ts";
