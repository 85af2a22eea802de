/**
 * An ESLint rule: what a person reads goes through `msg()` of i18n/msg.ts, or it stays English in
 * every language. It looks at the text and the spoken attributes of templates, at what `Problem`
 * and `notify` say, and at every other string that looks like a sentence; with the option
 * `problems`, at what `Problem` says alone.
 */

/** What a tag's attribute must hold to be read or heard. */
const SPOKEN =
  /^(?:aria-(?:label|description|roledescription|valuetext)|alt|title|placeholder|label|heading|text|action|dismissal|summary|hint)$/;
const WORD = /\p{L}{2,}/u;
/** Two words and more with a space between, or one that begins a sentence. */
const SENTENCE = /\p{L}{2,}[,:;]? \p{L}|^[A-Z][a-z]+(?:…|\.|!|\?)?$/u;
/** Calls whose strings are for code or for who reads the console. */
const FOR_CODE =
  /^(?:msg|str|css|Error|TypeError|RangeError|DOMException|Event|CustomEvent|querySelector|querySelectorAll|closest|matches|matchMedia|warn|error|log|info|animate|addEventListener|removeEventListener|getContext|customElement|query|item|setAttribute|getAttribute|toggleAttribute|hasAttribute|createElement|createElementNS|mark|measure|supports)$/;
/** Names of keys and of errors that the platform gives, and of values that code compares with. */
const PLATFORM =
  /^(?:Escape|Enter|Tab|Home|End|Delete|Backspace|Shift|Control|Meta|Alt|Page(?:Up|Down)|Arrow(?:Up|Down|Left|Right)|Spacebar|\w+Error)$/;

/** @type {import('eslint').Rule.RuleModule} */
export const untranslated = {
  meta: {
    type: 'problem',
    messages: { untranslated: 'A person reads “{{text}}”: write msg(…), from i18n/msg.ts.' },
    schema: [{ enum: ['everything', 'problems'] }],
  },
  create(context) {
    const onlyProblems = context.options[0] === 'problems';
    const report = (node, text) =>
      context.report({ node, messageId: 'untranslated', data: { text: text.trim().slice(0, 60) } });

    return {
      TaggedTemplateExpression({ tag, quasi }) {
        if (tag.type !== 'Identifier' || !/^(?:html|svg)$/.test(tag.name)) return;
        for (const { node, text } of readableParts(quasi.quasis)) report(node, text);
      },
      Literal(node) {
        if (typeof node.value === 'string' && isSaid(node.value, node, onlyProblems))
          report(node, node.value);
      },
      TemplateElement(node) {
        const { parent } = node.parent;
        if (parent.type === 'TaggedTemplateExpression') return;
        if (isSaid(node.value.cooked, node.parent, onlyProblems)) report(node, node.value.cooked);
      },
    };
  },
};

/** Whether a string looks like one that is shown, and stands where one may be. */
function isSaid(text, node, onlyProblems) {
  if (!SENTENCE.test(text) || PLATFORM.test(text)) return false;
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (/^(?:Import|Export.*From|TS|Directive|Decorator)/.test(parent.type)) return false;
    if (parent.type === 'TaggedTemplateExpression') return false;
    // What the platform or the code says of a Problem, for the line under its sentence.
    if (parent.type === 'Property' && parent.key.name === 'cause') return false;
    if (/^(?:Call|New)Expression$/.test(parent.type) && at !== parent.callee) {
      const callee = calleeName(parent.callee);
      if (FOR_CODE.test(callee)) return false;
      if (onlyProblems && callee === 'Problem') return true;
    }
    if (parent.type === 'BinaryExpression' && parent.operator !== '+') return false;
    if (parent.type === 'SwitchCase') return false;
    if (/Function|Statement$|Declaration$/.test(parent.type)) return !onlyProblems;
  }
  return !onlyProblems;
}

function calleeName(callee) {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
    ? callee.property.name
    : '';
}

/**
 * The parts of a template that a person reads: between tags, and in spoken attributes. A template
 * comes in pieces, with an expression after each but the last, wherever in a tag that is.
 */
function* readableParts(quasis) {
  let inTag = false;
  let quote = '';
  let attribute = '';
  let inComment = false;
  for (const node of quasis) {
    let said = '';
    const raw = node.value.cooked;
    for (let at = 0; at < raw.length; at++) {
      const char = raw[at];
      if (inComment) {
        if (raw.startsWith('-->', at)) inComment = false;
      } else if (quote) {
        if (char === quote) quote = attribute = '';
        else if (SPOKEN.test(attribute)) said += char;
      } else if (inTag) {
        if (char === '>') inTag = false;
        else if (/["']/.test(char)) quote = char;
        else if (/\s/.test(char)) attribute = '';
        else if (char !== '=') attribute += char;
      } else if (raw.startsWith('<!--', at)) {
        inComment = true;
      } else if (char === '<') {
        inTag = true;
        attribute = '';
        said += ' ';
      } else {
        said += char;
      }
    }
    if (WORD.test(said.replace(/&\w+;/g, ' '))) yield { node, text: said.replace(/\s+/g, ' ') };
  }
}
