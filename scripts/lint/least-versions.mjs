import { isOptionalAccess } from './optional-access.mjs';
import { compatData, lackedBy } from '../browsers/support.mjs';
import { GUARDED } from '../browsers/guarded.mjs';

/**
 * An ESLint rule: a script uses only what every browser of the least versions has
 * (scripts/build/least-versions.mjs), by MDN's compatibility data. The compiler's types tell what an
 * expression is, so that `list.toSorted()` is found as well as `new DecompressionStream()`. A use that
 * asks first whether the browser has it stands in scripts/browsers/guarded.mjs.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const leastVersions = {
  meta: {
    type: 'problem',
    messages: {
      lacked:
        '{{feature}} needs {{browsers}}: ask first, and list it in scripts/browsers/guarded.mjs.',
    },
    schema: [],
  },
  create(context) {
    const services = context.sourceCode.parserServices;
    if (!services.program) return {};
    const checker = services.program.getTypeChecker();

    function check(node, keys) {
      for (const key of keys) {
        const browsers = lackedBy(featureAt(key));
        if (browsers.length === 0 || Object.hasOwn(GUARDED, key)) continue;
        const data = { feature: key, browsers: browsers.join(', ') };
        context.report({ node, messageId: 'lacked', data });
        return;
      }
    }

    return {
      MemberExpression(node) {
        if (node.computed || isOptionalAccess(node)) return;
        const member = services.getSymbolAtLocation(node.property);
        if (!isOfPlatform(member)) return;
        const owner = services.getTypeAtLocation(node.object);
        const owners = ownersOf(owner, member, checker);
        // A static member, such as `AbortSignal.any`.
        if (node.object.type === 'Identifier') owners.push(node.object.name);
        const key = keyOfMember(owners, node.property.name);
        if (key) check(node, [key]);
      },
      Identifier(node) {
        if (!isValueUse(node)) return;
        const symbol = services.getSymbolAtLocation(node);
        if (isOfPlatform(symbol)) check(node, [keyOfGlobal(node.name)].filter(Boolean));
      },
    };
  },
};

/** `api.VideoFrame` or `javascript.builtins.Array.toSorted` in MDN's data. */
function featureAt(key) {
  return key.split('.').reduce((feature, name) => feature?.[name], compatData);
}

/** Whether the compiler's own library, and nothing of this project, declares it. */
function isOfPlatform(symbol) {
  const declarations = symbol?.declarations ?? [];
  return (
    declarations.length > 0 &&
    declarations.every((one) => /\/typescript\/lib\/lib\./.test(one.getSourceFile().fileName))
  );
}

/** The names of the interfaces that may have the member, the one of the expression first. */
function ownersOf(type, member, checker) {
  const names = new Set();
  const add = (one) => {
    for (const part of one.isUnionOrIntersection() ? one.types : [one]) {
      const name = part.symbol?.name ?? checker.getApparentType(part).symbol?.name;
      if (!name || names.has(name)) continue;
      names.add(name);
      for (const base of checker.getApparentType(part).getBaseTypes?.() ?? []) add(base);
    }
  };
  add(type);
  const declared = member.declarations[0].parent?.name?.text;
  if (declared) names.add(declared);
  // `readonly T[]` is a ReadonlyArray, and a static member is one of the constructor's interface.
  return [...names].map((name) => name.replace(/^Readonly(?=Array|Set|Map)|Constructor$/g, ''));
}

function keyOfMember(owners, name) {
  const places = owners.flatMap((owner) => [
    `api.${owner}.${name}`,
    `api.${owner}.${name}_static`,
    `javascript.builtins.${owner}.${name}`,
  ]);
  return places.find((place) => featureAt(place)?.__compat);
}

function keyOfGlobal(name) {
  return [`api.${name}`, `api.${name}_static`, `javascript.builtins.${name}`].find(
    (place) => featureAt(place)?.__compat,
  );
}

/** Whether an identifier is the value of a global: neither a type, nor a name that is declared. */
function isValueUse(node) {
  const { parent } = node;
  if (parent.type.startsWith('TS') && parent.type !== 'TSNonNullExpression') return false;
  if (parent.type === 'MemberExpression') return parent.object === node;
  if (parent.type === 'UnaryExpression') return parent.operator !== 'typeof';
  if (parent.type === 'Property') return parent.value === node;
  return /^(?:Call|New|Binary|Logical|Conditional|Assignment)Expression$|^VariableDeclarator$|^ReturnStatement$|^ArrowFunctionExpression$|^ArrayExpression$|^SpreadElement$/.test(
    parent.type,
  );
}
