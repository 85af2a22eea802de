/**
 * An ESLint rule: words that this project once used of its own, and the field's standard terms for
 * them. It looks at comments, at the names that the code declares, and at `data-` attributes in
 * templates; with the option `strings`, at every string and template too, as in tests, whose texts
 * no user reads.
 */

/** Parts of names, in camel case or not. */
const NAMES = [
  [/(?:^|[a-z])[Ll]essons?(?![a-z])/, 'training example'],
  [/(?:^|[a-z])[Aa]stray(?![a-z])/, 'diverged'],
  [/(?:^|[a-z])[Jj]udg(?:ed?|ing|e?ments?)(?![a-z])/, 'predict, prediction or evaluate'],
  [/(?:^|[a-z])[Rr]eckoned(?![a-z])/, 'estimated'],
  [/^goOn$/, 'resume'],
  [/(?:^|[a-z])[Aa]udible(?![a-z])/, 'present or canDetect'],
  [/(?:^|[a-z])[Ss]ided(?![a-z])/, 'split'],
  [/^voices?(?![a-z])|[a-z]Voices?(?![a-z])/, 'score'],
  [/^paces?(?![a-z])|[a-z]Paces?(?![a-z])/, 'throughput'],
  [/^keptBases?(?![a-z])|[a-z]KeptBases?(?![a-z])/, 'stored bases'],
];

/** Phrases in comments, attributes and strings. */
const PHRASES = [
  [/\blessons?\b/i, 'training example'],
  [/\bastray\b/i, 'diverged'],
  [/\bjudg(?:e[ds]?|ing|e?ments?)\b/i, 'predict, prediction or evaluate'],
  [/\breckon(?:ed|ing|s)?\b/i, 'estimate'],
  [/\bunless told\b/i, '“X by default”'],
  [/\bbut for\b/i, 'except'],
  [/\blook-alikes?\b/i, 'near-duplicate'],
  [/\bvoices\b|\bsecond voice\b/i, 'score'],
  [/\bnobody['’]s\b/i, 'what handles it, such as “prevents an unhandled rejection”'],
  [/\bmend(?:s|ed|ing)?\b/i, 'repair'],
  [/\bof late\b/i, 'recent'],
  [/\bpace\b/i, 'throughput or speed'],
  [/\bgo-on\b/, 'resume'],
];

const ATTRIBUTES = /\bdata-[\w-]+(?:=["']?[\w-]+)?/g;

/** @type {import('eslint').Rule.RuleModule} */
export const privateWords = {
  meta: {
    type: 'suggestion',
    messages: { word: '“{{word}}” is not the field’s word here: write {{term}}.' },
    schema: [{ enum: ['strings'] }],
  },
  create(context) {
    const find = (text, list, report) => {
      for (const [pattern, term] of list) {
        const word = pattern.exec(text)?.[0];
        if (word) report({ messageId: 'word', data: { word, term } });
      }
    };
    const readsStrings = context.options[0] === 'strings';
    const findInText = (node, text) =>
      find(text, PHRASES, (problem) => context.report({ node, ...problem }));
    return {
      Literal(node) {
        if (readsStrings && typeof node.value === 'string') findInText(node, node.value);
      },
      TemplateElement(node) {
        const text = node.value.cooked ?? '';
        if (readsStrings) findInText(node, text);
        else for (const [attribute] of text.matchAll(ATTRIBUTES)) findInText(node, attribute);
      },
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          find(comment.value, PHRASES, (problem) =>
            context.report({ loc: comment.loc, ...problem }),
          );
        }
      },
      'VariableDeclarator > Identifier.id, FunctionDeclaration > Identifier.id, :function > Identifier.params, ClassDeclaration > Identifier.id, PropertyDefinition > .key, MethodDefinition > .key, TSInterfaceDeclaration > Identifier.id, TSTypeAliasDeclaration > Identifier.id, TSPropertySignature > .key'(
        node,
      ) {
        find(node.name ?? '', NAMES, (problem) => context.report({ node, ...problem }));
      },
    };
  },
};
