const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** A tree of elements: text, or named children. */
export type XmlContent = string | { readonly [element: string]: XmlContent };

/** Writes a tree of elements, escaped. */
export function xml(content: XmlContent): string {
  if (typeof content === 'string') return escapeXml(content);
  return Object.entries(content)
    .map(([name, child]) => `<${name}>${xml(child)}</${name}>`)
    .join('');
}
