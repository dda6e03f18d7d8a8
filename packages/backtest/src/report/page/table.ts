import { escapeText, joined } from "./markup.ts";

export interface Cell {
  readonly text: string;
  /** @defaultValue "" */
  readonly kind?: string;
}

export interface Table {
  /** For those who hear the page. */
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell names its row. */
  readonly rows: readonly (readonly [string, ...Cell[]])[];
  /** @defaultValue "" */
  readonly kind?: string;
}

function rowOf([name, ...cells]: readonly [string, ...Cell[]]): string {
  const texts = cells.map(({ text, kind = "" }) => {
    const mark = kind === "" ? "" : ` class="${kind}"`;
    return `<td${mark}>${escapeText(text)}</td>`;
  });
  return `<tr><th scope="row">${escapeText(name)}</th>${texts.join("")}</tr>`;
}

/** A table that scrolls sideways where the page is narrower, its first column staying in sight. */
export function table({ caption, head, rows, kind = "" }: Table): string {
  return joined(
    `<div class="scroll" tabindex="0" role="group" aria-label="${escapeText(caption)}"><table class="${kind}">`,
    `<caption>${escapeText(caption)}</caption>`,
    `<thead><tr>${head.map((text) => `<th scope="col">${escapeText(text)}</th>`).join("")}</tr></thead>`,
    `<tbody>${rows.map(rowOf).join("\n")}</tbody>`,
    "</table></div>",
  );
}
