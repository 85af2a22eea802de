import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** Drawn in a 24 by 24 view box with a 1.8 stroke in the text colour; filled parts set `fill`. */
const SHAPES = {
  capture: svg`<path d="M3 9.5A2.5 2.5 0 0 1 5.5 7h1.7a1.5 1.5 0 0 0 1.2-.6l.9-1.2a1.5 1.5 0 0 1 1.2-.6h3a1.5 1.5 0 0 1 1.2.6l.9 1.2a1.5 1.5 0 0 0 1.2.6h1.7A2.5 2.5 0 0 1 21 9.5v7a2.5 2.5 0 0 1-2.5 2.5h-13A2.5 2.5 0 0 1 3 16.5z"/><circle cx="12" cy="12.8" r="3.4"/>`,
  photos: svg`<rect x="4" y="4" width="6.6" height="6.6" rx="1.6"/><rect x="13.4" y="4" width="6.6" height="6.6" rx="1.6"/><rect x="4" y="13.4" width="6.6" height="6.6" rx="1.6"/><rect x="13.4" y="13.4" width="6.6" height="6.6" rx="1.6"/>`,
  picture: svg`<rect x="3.5" y="4.5" width="17" height="15" rx="3"/><circle cx="8.6" cy="9.6" r="1.6"/><path d="m4.5 17.5 4.6-4.3 3.2 3 3.4-3.7 4.3 4.5"/>`,
  train: svg`<path d="M4 4v13.5A2.5 2.5 0 0 0 6.5 20H20"/><path d="m7.5 15 3.7-4.7 3.2 2.7L20 6"/>`,
  live: svg`<path d="M4 8.5V6.5A2.5 2.5 0 0 1 6.5 4h2M15.5 4h2A2.5 2.5 0 0 1 20 6.5v2M20 15.5v2a2.5 2.5 0 0 1-2.5 2.5h-2M8.5 20h-2A2.5 2.5 0 0 1 4 17.5v-2"/><circle cx="12" cy="12" r="3.2"/>`,
  flip: svg`<path d="M4.5 10.5A7.7 7.7 0 0 1 18 7.2l1.7 1.8"/><path d="M20 4.5V9h-4.5"/><path d="M19.5 13.5A7.7 7.7 0 0 1 6 16.8L4.3 15"/><path d="M4 19.5V15h4.5"/>`,
  torch: svg`<path d="M13 3 5.5 13.3h5.7L10.5 21 18.5 10.3h-6z"/>`,
  'torch-on': svg`<path d="M13 3 5.5 13.3h5.7L10.5 21 18.5 10.3h-6z" fill="currentColor"/>`,
  lens: svg`<circle cx="12" cy="12" r="8.5"/><circle cx="12" cy="12" r="4.2"/><path d="M13.6 10.4a2.3 2.3 0 0 0-1.6-.7"/>`,
  focus: svg`<path d="M4.5 9V6.5a2 2 0 0 1 2-2H9M15 4.5h2.5a2 2 0 0 1 2 2V9M19.5 15v2.5a2 2 0 0 1-2 2H15M9 19.5H6.5a2 2 0 0 1-2-2V15M12 9.2v5.6M9.2 12h5.6"/>`,
  burst: svg`<rect x="4" y="8.5" width="11.5" height="11.5" rx="2.5"/><path d="M8 5.9A2.4 2.4 0 0 1 9.9 5h6.6A2.5 2.5 0 0 1 19 7.5v6.6a2.4 2.4 0 0 1-.9 1.9"/>`,
  file: svg`<path d="M6 5.5A1.8 1.8 0 0 1 7.8 3.7H13.5L18.5 8.7V18.5A1.8 1.8 0 0 1 16.7 20.3H7.8A1.8 1.8 0 0 1 6 18.5z"/><path d="M13.2 3.9V9H18.3"/>`,
  'qr-code': svg`<rect x="4" y="4" width="6.2" height="6.2" rx="1.4"/><rect x="13.8" y="4" width="6.2" height="6.2" rx="1.4"/><rect x="4" y="13.8" width="6.2" height="6.2" rx="1.4"/><path d="M14 14h2.2v2.2M20 14v1.5M14 20v-.8M17.5 20H20v-2.2"/>`,
  back: svg`<path d="M19.5 12h-15M11 5.5 4.5 12l6.5 6.5"/>`,
  close: svg`<path d="m6 6 12 12M18 6 6 18"/>`,
  check: svg`<path d="m5 12.8 4.6 4.7L19.2 7"/>`,
  delete: svg`<path d="M4.5 7h15M9.5 7V5.3A1.3 1.3 0 0 1 10.8 4h2.4a1.3 1.3 0 0 1 1.3 1.3V7M6.5 7l.8 11.2A2 2 0 0 0 9.3 20h5.4a2 2 0 0 0 2-1.8L17.5 7M10.3 11v5M13.7 11v5"/>`,
  classes: svg`<path d="M12.3 4H5.5A1.5 1.5 0 0 0 4 5.5v6.8a2 2 0 0 0 .6 1.4l6.2 6.2a2 2 0 0 0 2.8 0l6.3-6.3a2 2 0 0 0 0-2.8l-6.2-6.2a2 2 0 0 0-1.4-.6z"/><circle cx="8.4" cy="8.4" r="1.2"/>`,
  square: svg`<path d="M7 3v12a2 2 0 0 0 2 2h12M3 7h12a2 2 0 0 1 2 2v12"/>`,
  edit: svg`<path d="m4.5 19.5.9-4.2L15.9 4.8a1.8 1.8 0 0 1 2.5 0l.8.8a1.8 1.8 0 0 1 0 2.5L8.7 18.6z"/><path d="m14 6.7 3.3 3.3"/>`,
  undo: svg`<path d="M8.5 5 4.5 9l4 4"/><path d="M4.5 9h9.7a5.3 5.3 0 0 1 0 10.6H9"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  settings: svg`<circle cx="12" cy="12" r="3"/><path d="M19.4 13.5a7.7 7.7 0 0 0 0-3l1.7-1.3-1.9-3.3-2 .8a7.6 7.6 0 0 0-2.6-1.5L14.3 3h-3.8l-.3 2.2a7.6 7.6 0 0 0-2.6 1.5l-2-.8-1.9 3.3 1.7 1.3a7.7 7.7 0 0 0 0 3l-1.7 1.3 1.9 3.3 2-.8a7.6 7.6 0 0 0 2.6 1.5l.3 2.2h3.8l.3-2.2a7.6 7.6 0 0 0 2.6-1.5l2 .8 1.9-3.3z" transform="translate(-.4)"/>`,
  language: svg`<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c2.4 2.3 3.6 5.1 3.6 8.5s-1.2 6.2-3.6 8.5c-2.400-2.300-3.600-5.100-3.600-8.500s1.200-6.2 3.600-8.500z"/>`,
  info: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 11.2v5M12 7.7v.1"/>`,
  warning: svg`<path d="M10.6 4.7 3.3 17.4A1.6 1.6 0 0 0 4.7 19.8h14.6a1.6 1.6 0 0 0 1.4-2.4L13.4 4.7a1.6 1.6 0 0 0-2.8 0z"/><path d="M12 9.5v4.3M12 16.7v.1"/>`,
  'home-screen': svg`<rect x="6.5" y="3" width="11" height="18" rx="2.6"/><path d="M10 7.2h1.4M12.8 7.2h1.4M10 10h1.4M12.8 10h1.4M11 18h2"/>`,
  share: svg`<path d="M12 15V3.8M8.2 7.4 12 3.6l3.8 3.8"/><path d="M8 10.5H6.5A1.5 1.5 0 0 0 5 12v7a1.5 1.5 0 0 0 1.5 1.5h11A1.5 1.5 0 0 0 19 19v-7a1.5 1.5 0 0 0-1.5-1.5H16"/>`,
  download: svg`<path d="M12 4v11M7.5 10.5 12 15l4.5-4.5M4.5 15.5v2A2.5 2.5 0 0 0 7 20h10a2.5 2.5 0 0 0 2.5-2.5v-2"/>`,
  pause: svg`<path d="M8.5 6v12M15.5 6v12" stroke-width="3.6"/>`,
  play: svg`<path d="M8 5.8v12.4L18.2 12z" fill="currentColor"/>`,
  stop: svg`<rect x="6" y="6" width="12" height="12" rx="2.5" fill="currentColor"/>`,
  'heat-map': svg`<circle cx="12" cy="12" r="8.5"/><circle cx="12" cy="12" r="4.8"/><circle cx="12" cy="12" r="1.2" fill="currentColor"/>`,
  frame: svg`<path d="M4 9V5.5A1.5 1.5 0 0 1 5.5 4H9M15 4h3.5A1.5 1.5 0 0 1 20 5.5V9M20 15v3.5a1.5 1.5 0 0 1-1.5 1.5H15M9 20H5.5A1.5 1.5 0 0 1 4 18.5V15"/><circle cx="12" cy="13.6" r="2.6"/><path d="M8.6 10.4v.1M12 8.8v.1M15.4 10.4v.1"/>`,
  select: svg`<circle cx="12" cy="12" r="8.5"/><path d="m8 12.3 2.8 2.8 5.2-5.6"/>`,
  examine: svg`<path d="M4.5 20v-6M10 20V9M15.5 20v-4"/><circle cx="16.5" cy="7.5" r="3.5"/><path d="m19 10 2.2 2.2"/>`,
  shuffle: svg`<path d="M4 7h2.6a4 4 0 0 1 3.3 1.7l4.2 6.1a4 4 0 0 0 3.3 1.7H20M4 16.5h2.6a4 4 0 0 0 3.3-1.7M14.1 8.7A4 4 0 0 1 17.4 7H20M17.5 4.5 20 7l-2.5 2.5M17.5 14 20 16.5 17.5 19"/>`,
  'airplane-mode': svg`<path d="m10.3 13.7-6.6-2.2a.7.7 0 0 1-.1-1.3l.9-.5a1.5 1.5 0 0 1 1-.2l5.2.8 4.2-4.6a2.2 2.2 0 0 1 3.3 2.9l-4.6 4.3.9 5.1a1.5 1.5 0 0 1-.2 1l-.5.9a.7.7 0 0 1-1.3-.1z"/>`,
} satisfies Record<string, SVGTemplateResult>;

/** Icons that point along the text direction, and are mirrored in right-to-left languages. */
const DIRECTED: readonly IconName[] = ['back', 'undo'];

/** Names of the icons. */
export type IconName = keyof typeof SHAPES;

/**
 * An icon in the colour of the surrounding text, 24 CSS pixels wide by default. It is hidden from
 * screen readers: the button around it has the accessible name.
 */
export function icon(name: IconName): TemplateResult {
  return html`<svg
    viewBox="0 0 24 24"
    width="24"
    height="24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.8"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    ?data-directed=${DIRECTED.includes(name)}
  >
    ${SHAPES[name]}
  </svg>`;
}
