const compiled = new Map<string, RegExp>();
/** Policies are few; the bound only keeps a long-running simulator from growing when tests put many. */
const MAX_COMPILED = 1000;

/** Does the text match a pattern in which `*` stands for any run of characters and `?` for one? */
export function wildcardMatch(pattern: string, text: string): boolean {
  if (pattern === '*' || pattern === text) return true;
  if (!/[*?]/.test(pattern)) return false;
  let expression = compiled.get(pattern);
  if (!expression) {
    if (compiled.size >= MAX_COMPILED) compiled.clear();
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*+/g, '.*')
      .replace(/\?/g, '.');
    expression = new RegExp(`^${source}$`, 's');
    compiled.set(pattern, expression);
  }
  return expression.test(text);
}

/** ARNs match field by field, so that a `*` in one field never swallows the next (IAM, ARN condition operators). */
export function arnMatch(pattern: string, arn: string): boolean {
  const split = (text: string): string[] => {
    const fields = text.split(':');
    return [...fields.slice(0, 5), fields.slice(5).join(':')];
  };
  if (pattern === '*') return true;
  const patterns = split(pattern);
  const fields = split(arn);
  return patterns.every((part, index) => wildcardMatch(part, fields[index] ?? ''));
}
