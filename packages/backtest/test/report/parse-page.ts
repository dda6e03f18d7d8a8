/** An element of a page, with its attributes and everything that stands in it. */
export interface PageElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: PageElement[];
  text: string;
}

const VOID = new Set(["meta", "!doctype"]);
const TAG = /<(\/?)([a-z!][a-z0-9]*)((?:\s+[\w-]+(?:="[^"<]*")?)*)\s*(\/?)>|([^<]+)/giy;
const ATTRIBUTE = /([\w-]+)(?:="([^"]*)")?/g;
const ENTITY = /&(?:amp|lt|gt|quot|#39);/g;
const PLAIN: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};

function plain(text: string): string {
  if (text.replace(ENTITY, "").includes("&")) throw new Error(`a bare & in ${JSON.stringify(text)}`);
  return text.replace(ENTITY, (entity) => PLAIN[entity]!);
}

/**
 * The elements of a page whose every tag is closed, every attribute quoted and every special character escaped; throws
 * where one is not. Stricter than browsers, which mend what they meet.
 */
export function parsePage(html: string): PageElement {
  const root: PageElement = { name: "page", attributes: new Map(), children: [], text: "" };
  const open = [root];
  TAG.lastIndex = 0;
  while (TAG.lastIndex < html.length) {
    const at = TAG.lastIndex;
    const found = TAG.exec(html);
    if (found === null) throw new Error(`no tag at ${JSON.stringify(html.slice(at, at + 60))}`);
    const [, closing, name = "", list = "", selfClosing, text] = found;
    const inner = open.at(-1)!;
    if (text !== undefined) {
      inner.text += inner.name === "style" ? text : plain(text);
    } else if (closing === "/") {
      if (inner.name !== name) throw new Error(`</${name}> closes <${inner.name}>`);
      open.pop();
      open.at(-1)!.text += inner.text;
    } else {
      const attributes = new Map<string, string>();
      for (const [, key = "", value = ""] of list.matchAll(ATTRIBUTE)) {
        if (attributes.has(key)) throw new Error(`${key} twice in <${name}>`);
        attributes.set(key, plain(value));
      }
      const element: PageElement = { name, attributes, children: [], text: "" };
      inner.children.push(element);
      if (selfClosing !== "/" && !VOID.has(name.toLowerCase())) open.push(element);
    }
  }
  if (open.length > 1) throw new Error(`<${open.at(-1)!.name}> is never closed`);
  return root;
}

/** The elements of that name, in the order of the page. */
export function elementsOf(root: PageElement, name: string): PageElement[] {
  return root.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...elementsOf(child, name),
  ]);
}

/** Where a path of absolute M, V, H and relative l, h moves goes: its corners. */
export function pathPoints(d: string): [number, number][] {
  const points: [number, number][] = [];
  let [x, y] = [0, 0];
  for (const [, command = "", list = ""] of d.matchAll(/([MlVHhZ])([^MlVHhZ]*)/g)) {
    const numbers = Array.from(list.matchAll(/-?\d+(?:\.\d+)?/g), Number);
    if (command === "V") y = numbers[0]!;
    if (command === "H") x = numbers[0]!;
    if (command === "M") [x, y] = numbers as [number, number];
    if (command === "l") {
      for (let i = 0; i < numbers.length; i += 2) {
        x += numbers[i]!;
        y += numbers[i + 1]!;
        points.push([x, y]);
      }
    } else points.push([x, y]);
  }
  return points;
}
