import { generate, parse, walk } from 'css-tree';
import { compatData, lackedBy } from './support.mjs';

/** What the app uses although some of these browsers lack it, and what they show in its place. */
const REFINEMENTS = {
  cursor: 'a phone has none',
  '-webkit-tap-highlight-color': 'the grey of a tap stays',
  '-webkit-touch-callout': 'only iOS has the menu that it switches off',
  'user-select': 'Safari has it with its prefix, which stands beside it',
  'content-visibility': 'what is out of sight is drawn too',
  'contain-intrinsic-height': 'comes with it',
  hyphens: 'Safari has it with its prefix; long words break elsewhere',
  'scrollbar-width': 'a scroll bar of the usual width',
  'text-wrap': 'lines break as they come',
  'view-transition-name': 'pages change without a fade',
  ':view-transition': 'as above',
  ':view-transition-old': 'as above',
  ':view-transition-new': 'as above',
};

/**
 * @typedef {object} Unsupported something that a browser of the least version does not have
 * @property {string} feature as it is written, such as `:has` or `light-dark()`
 * @property {number} line counted from 1
 * @property {string[]} browsers and the version in which each has it
 */

const { properties, selectors, types, 'at-rules': atRules } = compatData.css;

/** Units by the key of MDN's data. */
const UNITS = {
  viewport_percentage_units_dynamic: /^[dls]v(?:[hwib]|min|max)$/,
  viewport_percentage_units_small: /^sv/,
  viewport_percentage_units_large: /^lv/,
  container_query_length_units: /^cq/,
  cap: /^cap$/,
  lh: /^lh$/,
  rlh: /^rlh$/,
};

/** Functions by their name; `light-dark` is at `types.color.light-dark`. */
const functions = new Map();
collect(types);

/**
 * What a style sheet names and a browser of the least version does not have. The content of
 * `@supports` is passed over: there the browser itself decides.
 *
 * @param {string} css
 * @param {Readonly<Record<string, string>>} [least] the least versions
 * @returns {Unsupported[]}
 */
export function unsupportedCss(css, least) {
  const found = [];
  const seen = (node, feature, compat) => {
    if (Object.hasOwn(REFINEMENTS, feature.split(': ')[0])) return;
    const browsers = lackedBy(compat, least);
    if (browsers.length === 0) return;
    if (found.some((one) => one.feature === feature && one.line === node.loc.start.line)) return;
    found.push({ feature, line: node.loc.start.line, browsers });
  };
  const tree = parse(css, {
    positions: true,
    parseCustomProperty: true,
    // It does not know nested conditions of @container; they ask for sizes only.
    parseAtrulePrelude: !css.includes('@container'),
    onParseError: (error) => {
      throw error;
    },
  });
  walk(tree, function (node) {
    if (this.atrule?.name === 'supports') return;
    switch (node.type) {
      case 'Atrule':
        seen(node, `@${node.name}`, atRules[node.name]);
        break;
      case 'Feature':
        seen(node, `(${node.name})`, atRules.media[node.name]);
        break;
      case 'PseudoClassSelector':
      case 'PseudoElementSelector':
        seen(node, `:${node.name}`, selectors[node.name]);
        break;
      case 'NestingSelector':
        seen(node, '&', selectors.nesting);
        break;
      case 'Function':
        seen(node, `${node.name}()`, functions.get(node.name));
        break;
      case 'Dimension':
        for (const [key, unit] of Object.entries(UNITS)) {
          if (unit.test(node.unit)) seen(node, node.unit, types.length[key]);
        }
        break;
      case 'Declaration': {
        if (node.property.startsWith('--')) break;
        const property = properties[node.property];
        seen(node, node.property, property);
        const value = generate(node.value);
        seen(node, `${node.property}: ${value}`, property?.[value]);
        break;
      }
      default:
    }
  });
  return found;
}

/** The texts of the templates css`…` in a script, each with the line on which it begins. */
export function cssTemplates(source) {
  return [...source.matchAll(/\bcss`([^`]*)`/g)].map(({ 1: css, index }) => ({
    css: css.replace(/\$\{[^}]*\}/g, (hole) => '/**/' + hole.replace(/[^\n]/g, '')),
    line: source.slice(0, index).split('\n').length,
  }));
}

function collect(features) {
  for (const [name, feature] of Object.entries(features)) {
    if (name === '__compat' || typeof feature !== 'object') continue;
    if (!functions.has(name)) functions.set(name, feature);
    collect(feature);
  }
}
