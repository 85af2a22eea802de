/**
 * Whether a member is only read or called if it is there: `x.member?.()`, `x.member ?? y`,
 * `typeof x.member`, or compared with undefined.
 */
export function isOptionalAccess(node) {
  const { parent } = node;
  if (parent.type === 'CallExpression') return parent.callee === node && parent.optional;
  if (parent.type === 'MemberExpression') return parent.object === node && parent.optional;
  if (parent.type === 'LogicalExpression') return parent.operator === '??' && parent.left === node;
  return parent.type === 'UnaryExpression' && parent.operator === 'typeof';
}
