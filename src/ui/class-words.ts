/** A class's name within a sentence: "a cat", "an owl", "my cup" for names that say whose. */
export function aClass(name: string): string {
  const lower = name.toLocaleLowerCase();
  if (/^(an?|the|my|our|no|not)\b/.test(lower)) return lower;
  return `${/^[aeiou]/.test(lower) ? 'an' : 'a'} ${lower}`;
}
