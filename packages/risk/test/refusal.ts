/** What a call refused, as "code: message"; "nothing" when it did not refuse. */
export function refusal(call: () => unknown): string {
  try {
    call();
    return "nothing";
  } catch (error) {
    const { name, code, message } = error as Error & { code?: string };
    return name === "QuantError" ? `${code}: ${message}` : `${name}: ${message}`;
  }
}
