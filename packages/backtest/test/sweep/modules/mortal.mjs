// Kills its worker at one point, answers with what cannot be sent at another, and waits for ever at a third.
export async function evaluate({ fate }) {
  if (fate === "dies") process.exit(1);
  if (fate === "unsendable") return { returns: [0.01, 0.02, 0.03, 0.01], trades: [() => {}] };
  if (fate === "waits") await new Promise((resolve) => setTimeout(resolve, 60_000));
  return [0.01, -0.02, 0.03, 0.01];
}
