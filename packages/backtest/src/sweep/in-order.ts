/**
 * The results of `count` jobs in their order, of which at most `ahead` are begun before their turn: what is done early
 * waits, and no more is begun than is taken.
 */
export async function* inOrder<Result>(
  count: number,
  ahead: number,
  begin: (job: number) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const begun: Promise<Result>[] = [];
  for (let next = 0; next < count || begun.length > 0; ) {
    while (next < count && begun.length < ahead) {
      const job = begin(next++);
      job.catch(() => {}); // heard when its turn comes, if it does
      begun.push(job);
    }
    yield await begun.shift()!;
  }
}
