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
  /** Absent for a limit. */
  readonly outcome?: Outcome;
  readonly timer: Timer;
}

async function prepare(peer: Peer, python: PythonPeers | undefined): Promise<Ready | string> {
  if ("limit" in peer) return { timer: timerOf(peer.limit) };
  if ("run" in peer) return { outcome: peer.run(), timer: timerOf(peer.run) };
  if (python === undefined) return "no Python here";
  return python.prepare(peer);
}

function requireParity(contest: Contest, name: string, theirs: Outcome, when: string): void {
  const problem = contest.disagreement(contest.ours(), theirs);
  if (problem !== undefined) throw new Error(`no parity with ${name} ${when}: ${problem}`);
}

/**
 * Peers agree with us before any clock starts, and still do afterwards: one that spoils its own input would time
 * nothing. A peer that disagrees is a failure of the whole run, not a slow line.
 */
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
    if (ready.outcome !== undefined) requireParity(contest, name, ready.outcome, "at the start");
    entries.push({ peer: name, duel: await duel(timerOf(contest.ours), ready.timer, settings) });
    if ("run" in peer) requireParity(contest, name, peer.run(), "after the clock");
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
