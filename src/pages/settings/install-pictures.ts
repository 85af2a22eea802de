import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

const PHONE = svg`<rect x="16" y="4" width="40" height="64" rx="8"/>`;

/** Drawn in a 72 by 72 view box with a stroke of 2.5 in the text colour; filled parts set `fill`. */
const PICTURES = {
  /** Photos go from the phone into a file. */
  'back-up': svg`${PHONE}
    <rect x="24" y="13" width="10" height="10" rx="2"/><rect x="38" y="13" width="10" height="10" rx="2"/>
    <path d="M36 29v15M29.5 38l6.5 6.5 6.5-6.5"/>
    <path d="M25 48v6.5a3 3 0 0 0 3 3h16a3 3 0 0 0 3-3V48"/>`,
  /** The bar at the lower edge of Safari, with the button in its middle. */
  'safari-bar': svg`${PHONE}
    <path d="M16 50h40"/><path d="M22 59h4M46 59h4" opacity=".5"/>
    <circle cx="36" cy="34" r="12" fill="currentColor" stroke="none" opacity=".16"/>
    <path d="M36 38V25M31.5 29l4.5-4.5 4.5 4.5M31 33h-1.5v9h13v-9H41"/>
    <path d="M36 61v-5M34 57.5l2-2 2 2"/>`,
  /** The sheet that it opens; one of its rows adds the app to the home screen. */
  'share-sheet': svg`${PHONE}
    <path d="M16 20h40" opacity=".5"/><path d="M23 28h14M23 62h14" opacity=".5"/>
    <rect x="19" y="35" width="34" height="19" rx="4" fill="currentColor" stroke="none" opacity=".16"/>
    <path d="M23 44.5h10"/><rect x="38.5" y="38.5" width="12" height="12" rx="3"/>
    <path d="M44.5 41.5v6M41.5 44.5h6"/>`,
  /** The app among the others. */
  'home-screen': svg`${PHONE}
    <g opacity=".5"><rect x="22" y="14" width="8" height="8" rx="2"/><rect x="42" y="14" width="8" height="8" rx="2"/>
    <rect x="22" y="50" width="8" height="8" rx="2"/><rect x="42" y="50" width="8" height="8" rx="2"/></g>
    <rect x="27" y="27" width="18" height="18" rx="5" fill="currentColor" stroke="none"/>`,
  /** Photos come from the folder of Files into the phone. */
  restore: svg`${PHONE}
    <path d="M24 51v-13a2 2 0 0 1 2-2h6l3 3h11a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H26a2 2 0 0 1-2-2z"/>
    <path d="M36 31V15M29.5 21l6.5-6.5 6.5 6.5"/>`,
} satisfies Record<string, SVGTemplateResult>;

/** What a step of the way to the home screen looks like; hidden from screen readers. */
export function installPicture(name: keyof typeof PICTURES): TemplateResult {
  return html`<svg
    viewBox="0 0 72 72"
    width="72"
    height="72"
    fill="none"
    stroke="currentColor"
    stroke-width="2.5"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${PICTURES[name]}
  </svg>`;
}
