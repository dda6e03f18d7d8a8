import { Command, CommanderError, InvalidArgumentError } from "commander";

/** A command whose refusals are one line on stderr, and leave through {@link runExample}. */
export function exampleCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .allowExcessArguments(false)
    .configureOutput({ outputError: (text, write) => write(`${text.trimEnd().replaceAll("\n", " ")}\n`) })
    .exitOverride();
}

/** An option's value; an empty one, or the next option in its place, is refused. */
export function someText(text: string): string {
  if (text.trim() === "" || text.startsWith("--")) throw new InvalidArgumentError("a value is expected.");
  return text;
}

/** One line for a person; the stack is for a bug, not for a wrong argument or file. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // it has spoken already
  const known = error instanceof Error && (error.name === "QuantError" || "syscall" in error);
  if (!known) throw error;
  console.error(`error: ${error.message}`);
  return 2;
}

/** Runs an example: wrong arguments and files end in one line and exit code 2; a reader that left ends it quietly. */
export async function runExample(run: () => void | Promise<void>): Promise<void> {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
  try {
    await run();
  } catch (error) {
    process.exitCode = explain(error);
  }
}
