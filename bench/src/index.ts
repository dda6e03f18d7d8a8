export { type Duel, type DuelSettings, duel } from "./duel.ts";
export { type Contest, type Ladder, ladder, type Outcome, type Peer, type Tensor, within } from "./ladder.ts";
export { atPeak } from "./peak.ts";
export { PythonPeers } from "./python-peers.ts";
export { medianOf, medianRatio, type Ratio } from "./ratio.ts";
export { type BenchRun, markdownReport, showEntry } from "./report.ts";
export { type Entry, runLadders } from "./run-ladders.ts";
export { calibrate, type Timer, timerOf } from "./timer.ts";
