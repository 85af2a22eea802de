import type { ExportedFile } from '../exported-file.ts';
import type { Program } from '../operations/operation.ts';
import { fromBase64, toBase64 } from '../../../platform/base64.ts';
import { packProgram, unpackProgram } from './pack-program.ts';
import { BLOCKS, type PageFacts, type PageParts } from './web-page.ts';

/** What an exported page is made of. */
export interface PageContent {
  readonly program: Program;
  readonly facts: PageFacts;
  /** Files for whoever wants more than the page: the model card, golden vectors. */
  readonly files: readonly ExportedFile[];
  readonly parts: PageParts;
}

/**
 * One HTML file with the model, its kernels and a page around them. Its content security policy
 * allows this script and no address at all, so that the page cannot send anything anywhere.
 */
export async function writeWebPage(content: PageContent): Promise<Uint8Array<ArrayBuffer>> {
  const { program, facts, files, parts } = content;
  const { script, style, markup } = parts;
  // A parser ends the element at these characters, wherever they stand in the code.
  if (/<\/(script|style)|<!--/i.test(script + style)) throw new Error('The code ends its element');
  const packed = packProgram(program);
  const { language } = facts;
  const html = `<!doctype html>
<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${await policy(script, style)}">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(facts.name)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
${markup}
${block(BLOCKS.facts, JSON.stringify(facts))}
${block(BLOCKS.program, packed.json)}
${block(BLOCKS.files, JSON.stringify(Object.fromEntries(files.map(embedded))))}
<script type="text/plain" id="${BLOCKS.weights}">${toBase64(packed.bytes)}</script>
<script>${script}</script>
</body>
</html>
`;
  return new TextEncoder().encode(html);
}

/** What a page holds. @throws Error if it is no page of this app */
export function readWebPage(bytes: Uint8Array): { program: Program; facts: PageFacts } {
  const html = new TextDecoder().decode(bytes);
  const weights = fromBase64(blockOf(html, BLOCKS.weights));
  return {
    program: unpackProgram({ json: blockOf(html, BLOCKS.program), bytes: weights }),
    facts: JSON.parse(blockOf(html, BLOCKS.facts)) as PageFacts,
  };
}

async function policy(script: string, style: string): Promise<string> {
  return [
    "default-src 'none'",
    `script-src ${await hashSource(script)} 'wasm-unsafe-eval'`,
    `style-src ${await hashSource(style)}`,
    'img-src blob: data:',
    'media-src blob: data:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

async function hashSource(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `'sha256-${toBase64(new Uint8Array(digest))}'`;
}

/** A data block: JSON in which no tag can begin. */
function block(id: string, json: string): string {
  return `<script type="application/json" id="${id}">${json.replaceAll('<', '\\u003c')}</script>`;
}

function blockOf(html: string, id: string): string {
  const start = html.indexOf(`id="${id}">`);
  const from = html.indexOf('>', start) + 1;
  const end = html.indexOf('</script>', from);
  if (start < 0 || end < 0) throw new Error(`The page has no ${id}`);
  return html.slice(from, end);
}

function embedded({ path, bytes }: ExportedFile): [string, string] {
  return path.endsWith('.png')
    ? [path, `data:image/png;base64,${toBase64(bytes)}`]
    : [path, new TextDecoder().decode(bytes)];
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
