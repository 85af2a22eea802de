/** A decorated field: everything up to `accessor`, on its own line or after its decorator. */
const DECORATED_ACCESSOR =
  /^(\s*(?:@\w+\(.*\)\s*)?(?:(?:private|protected|public|override|static) )*)accessor (?=\w)/gm;

/**
 * Lets the compiler emit Lit's decorators in the form that Lit recommends for production. The sources
 * use standard decorators, on `accessor` fields. What a compiler emits for those is large (17 kB of
 * Brotli for this app) until browsers know decorators. Lit's own decorators work both ways, so
 * this removes the keyword `accessor`, and esbuild emits the older form, TypeScript's experimental
 * decorators (https://lit.dev/docs/components/decorators/#decorator-versions).
 *
 * @returns {import('rollup').Plugin}
 */
export function compactDecorators() {
  return {
    name: 'compact-decorators',
    transform(code, id) {
      if (!id.endsWith('.ts') || !code.includes('accessor ')) return null;
      // No line changes, so the sources' own map still holds.
      return { code: code.replace(DECORATED_ACCESSOR, '$1'), map: null };
    },
  };
}

/** What esbuild has to know of the compiler's settings to emit that form. */
export const COMPACT_TSCONFIG = {
  compilerOptions: {
    experimentalDecorators: true,
    useDefineForClassFields: false,
    verbatimModuleSyntax: true,
  },
};
