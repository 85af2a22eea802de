/**
 * An ESLint rule: words that this project once used of its own, and the field's standard terms for
 * them. It looks at comments and at the names that the code declares.
 */

/** Parts of names, in camel case or not. */
const NAMES = [
  [/(?:^|[a-z])[Ll]essons?(?![a-z])/, 'training example'],
  [/(?:^|[a-z])[Aa]stray(?![a-z])/, 'diverged'],
  [/(?:^|[a-z])[Jj]udge(?:d|ment)?(?![a-z])/, 'predict, prediction or evaluate'],
  [/(?:^|[a-z])[Rr]eckoned(?![a-z])/, 'estimated'],
  [/^goOn$/, 'resume'],
  [/(?:^|[a-z])[Aa]udible(?![a-z])|^hasVoice$/, 'present or canDetect'],
  [/(?:^|[a-z])[Ss]ided(?![a-z])/, 'split'],
];

/** Phrases in comments. */
const PHRASES = [
  [/\blessons?\b/i, 'training example'],
  [/\bastray\b/i, 'diverged'],
  [/\bjudge[ds]?\b|\bjudgements?\b/i, 'predict, prediction or evaluate'],
  [/\breckon(?:ed|s)?\b/i, 'estimate'],
  [/\bunless told\b/i, '“X by default”'],
  [/\bbut for\b/i, 'except'],
  [/\blook-alikes?\b/i, 'near-duplicate'],
  [/\bvoices\b|\bsecond voice\b/i, 'score'],
  [/\bnobody['’]s\b/i, 'what handles it, such as “prevents an unhandled rejection”'],
  [/\bmend(?:s|ed)?\b/i, 'repair'],
  [/\bof late\b/i, 'recent'],
];

/** @type {import('eslint').Rule.RuleModule} */
export const privateWords = {
  meta: {
    type: 'suggestion',
    messages: { word: '“{{word}}” is not the field’s word here: write {{term}}.' },
    schema: [],
  },
  create(context) {
    const find = (text, list, report) => {
      for (const [pattern, term] of list) {
        const word = pattern.exec(text)?.[0];
        if (word) report({ messageId: 'word', data: { word, term } });
      }
    };
    return {
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
