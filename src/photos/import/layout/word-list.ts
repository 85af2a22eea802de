/** The words of a template, which white space separates: wordList`cat cats`. */
export function wordList({ raw }: TemplateStringsArray): string[] {
  return raw.join(' ').trim().split(/\s+/);
}
