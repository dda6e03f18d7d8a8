const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * A text as it stands, in an element or in a quoted attribute. Control characters and halves of surrogate pairs, which no
 * page may hold, are replaced.
 */
export function escapeText(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!)
    .replace(/[\p{Cc}\p{Cs}]/gu, (character) => (/\s/.test(character) ? " " : "\ufffd"));
}

/** Pieces of a page, one a line; empty ones are left out. */
export const joined = (...pieces: readonly string[]): string =>
  pieces.filter((piece) => piece !== "").join("\n");
