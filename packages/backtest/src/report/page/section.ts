import { escapeText, joined } from "./markup.ts";

/** A line beneath a picture; nothing where there is nothing to say. */
export const sentence = (text: string): string => (text === "" ? "" : `<p>${escapeText(text)}</p>`);

/** A heading, what must be known to read what follows, and that, as markup. */
export function section(title: string, note: string, ...pieces: readonly string[]): string {
  return joined(
    `<section><div class="head"><h2>${escapeText(title)}</h2><p>${escapeText(note)}</p></div>`,
    ...pieces,
    "</section>",
  );
}
