const HAS_CPU = /^@tensorflow\/tfjs(-backend-cpu)?$/;

/**
 * Whoever sets TensorFlow.js's backend "cpu" imports it: otherwise it is there only because another
 * file of the same process has imported it.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const cpuBackendImport = {
  meta: {
    type: 'problem',
    messages: { missing: 'Import @tensorflow/tfjs-backend-cpu: otherwise it is there by chance.' },
    schema: [],
  },
  create(context) {
    const isImported = context.sourceCode.ast.body.some(
      ({ type, source }) => type === 'ImportDeclaration' && HAS_CPU.test(source.value),
    );
    return {
      'CallExpression[callee.property.name="setBackend"][arguments.0.value="cpu"]'(node) {
        if (!isImported) context.report({ node, messageId: 'missing' });
      },
    };
  },
};
