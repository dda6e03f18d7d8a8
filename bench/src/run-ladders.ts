import { type Duel, type DuelSettings, duel } from "./duel.ts";
import type { Contest, Ladder, Outcome, Peer } from "./ladder.ts";
import type { PythonPeers } from "./python-peers.ts";
import { type Timer, timerOf } from "./timer.ts";

/** One line of the report: ours against one peer at one size. */
export interface Entry {
  readonly ladder: string;
  readonly size: string;
  readonly peer: string;
  /** Absent when the peer could not take part; `reason` then says why. */
  readonly duel?: Duel;
  readonly reason?: string;
}

interface Ready {
  readonly outcome: Outcome;
  readonly timer: Timer;
}

async function prepare(peer: Peer, python: PythonPeers | undefined): Promise<Ready | string> {
  if ("run" in peer) return { outcome: peer.run(), timer: timerOf(peer.run) };
  if (python === undefined) return "no Python here";
  return python.prepare(peer);
}

/** Peers agree with us before any clock starts; one that does not is a failure of the whole run, not a slow line. */
async function runContest(
  contest: Contest,
  python: PythonPeers | undefined,
  settings: DuelSettings,
): Promise<Omit<Entry, "ladder" | "size">[]> {
  const entries: Omit<Entry, "ladder" | "size">[] = [];
  for (const [name, peer] of Object.entries(contest.peers)) {
    const ready = await prepare(peer, python);
    if (typeof ready === "string") {
      entries.push({ peer: name, reason: ready });
      continue;
    }
    const problem = contest.disagreement(contest.ours(), ready.outcome);
    if (problem !== undefined) throw new Error(`no parity with ${name}: ${problem}`);
    entries.push({ peer: name, duel: await duel(timerOf(contest.ours), ready.timer, settings) });
  }
  return entries;
}

export async function runLadders(
  ladders: readonly Ladder[],
  python: PythonPeers | undefined,
  settings: DuelSettings,
  told: (entry: Entry) => void,
): Promise<Entry[]> {
  const all: Entry[] = [];
  for (const { name, sizes, describe, prepare: contestAt } of ladders) {
    for (const size of sizes) {
      for (const entry of await runContest(contestAt(size), python, settings)) {
        const line = { ladder: name, size: describe(size), ...entry };
        all.push(line);
        told(line);
      }
    }
  }
  return all;
}
