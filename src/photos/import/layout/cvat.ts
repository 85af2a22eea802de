const IMAGE = /<image\b([^>]*?)(?:\/>|>([^]*?)<\/image>)/g;
const NAME = /\bname\s*=\s*"([^"]*)"/;
const LABEL = /\blabel\s*=\s*"([^"]*)"/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

/**
 * The rows of "CVAT for images": each picture with the label of its tags and shapes; none where
 * these differ. https://docs.cvat.ai/docs/manual/advanced/formats/format-cvat/
 *
 * @returns no rows if the text is no such list
 */
export function cvatRows(text: string): string[][] {
  const rows = Array.from(text.matchAll(IMAGE), ([, attributes = '', shapes = '']) => {
    const labels = new Set(Array.from(shapes.matchAll(LABEL), ([, label = '']) => label));
    const [label = ''] = labels.size === 1 ? labels : [];
    return [NAME.exec(attributes)?.[1] ?? '', label].map(unescaped);
  });
  return rows.length > 0 ? [['file', 'label'], ...rows] : [];
}

const unescaped = (text: string) =>
  text.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity]!);
