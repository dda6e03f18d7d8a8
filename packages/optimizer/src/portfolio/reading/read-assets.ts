import { QuantError } from "@astra-quant/core-linalg";
import { nearestName, show } from "@astra-quant/core-linalg/guards";

/** The user's word for each of n assets. */
export function readNames(assets: readonly string[] | undefined, n: number): readonly string[] {
  if (assets === undefined) return numbers(n);
  if (!Array.isArray(assets) || assets.length !== n) {
    throw new QuantError("shape", `assets must have ${n} names as covariance has rows, got ${show(assets)}`, {
      argument: "assets",
      expected: n,
    });
  }
  const seen = new Set<string>();
  assets.forEach((name, i) => {
    if (typeof name !== "string" || seen.has(name)) {
      throw new QuantError("data", `assets[${i}] must be a name of its own, got ${show(name)}`, { index: i });
    }
    seen.add(name);
  });
  return [...assets];
}

function numbers(n: number): string[] {
  const names: string[] = [];
  for (let i = 0; i < n; i++) names.push(String(i));
  return names;
}

/** 1 for each asset that `members` names, by word or by index. */
export function readMembers(name: string, members: unknown, assets: readonly string[]): Uint8Array {
  if (!Array.isArray(members) || members.length === 0) {
    throw new QuantError("shape", `${name} must name at least one asset, got ${show(members)}`, {
      argument: name,
    });
  }
  const marked = new Uint8Array(assets.length);
  for (let k = 0; k < members.length; k++) {
    const member: unknown = members[k];
    const i = indexOf(member, assets);
    if (i < 0) refuseMember(`${name}[${k}]`, member, assets);
    if (marked[i] === 1) {
      throw new QuantError("data", `${name}[${k}] must not be named twice, got ${show(member)}`, {
        index: k,
      });
    }
    marked[i] = 1;
  }
  return marked;
}

/** −1 for what is no asset's name and no index. */
function indexOf(member: unknown, assets: readonly string[]): number {
  if (typeof member === "string") return assets.indexOf(member);
  const isIndex = typeof member === "number" && Number.isInteger(member) && member >= 0;
  return isIndex && member < assets.length ? member : -1;
}

function refuseMember(name: string, member: unknown, assets: readonly string[]): never {
  const near = typeof member === "string" ? nearestName(member, assets) : undefined;
  const hint = near === undefined ? "" : `; did you mean '${near}'?`;
  throw new QuantError(
    "data",
    `${name} must be an asset's name or an index below ${assets.length}, got ${show(member)}${hint}`,
    { argument: name, value: member },
  );
}
