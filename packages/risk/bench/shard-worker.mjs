// The other thread of the bench: computes its shard whenever the main one has counted up.
import { parentPort, workerData } from "node:worker_threads";
import { monteCarloShard } from "@astra-quant/risk";

const { options, place, control, returns } = workerData;
const state = new Int32Array(control);
const out = new Float64Array(returns);
parentPort.postMessage("ready");
for (let job = 0; ; job++) {
  Atomics.wait(state, 0, job);
  out.set(monteCarloShard(options, place).returns);
  Atomics.store(state, 1, job + 1);
  Atomics.notify(state, 1);
}
