import { expect } from "vitest";

/** What a call is refused with: the code and the message of its `QuantError`. */
export function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    const { name, code, message } = error as Error & { code: string };
    expect(name).toBe("QuantError");
    return `${code}: ${message}`;
  }
  return "nothing";
}
