import { noChange, type AttributePart } from 'lit';
import { Directive, directive } from 'lit/directive.js';

/** CSS properties in kebab case or camel case, including custom properties (`--fill`). */
type StyleProperties = Readonly<Record<string, string | number | null | undefined>>;

class StyleMap extends Directive {
  #previous: StyleProperties = {};

  override render(_properties: StyleProperties): unknown {
    return noChange;
  }

  override update(part: AttributePart, [properties]: [StyleProperties]): unknown {
    const { style } = part.element;
    for (const name of Object.keys(this.#previous)) {
      if (properties[name] == null) style.removeProperty(cssName(name));
    }
    for (const [name, value] of Object.entries(properties)) {
      if (value == null || value === this.#previous[name]) continue;
      style.setProperty(cssName(name), String(value));
    }
    this.#previous = properties;
    return noChange;
  }
}

function cssName(name: string): string {
  return name.startsWith('--') ? name : name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
}

/**
 * Sets properties of an element's style: `style=${styleMap({ width: '40%' })}`. Lit's directive of
 * this name writes a `style` attribute on the first render, which the content security policy
 * (`style-src 'self'`) blocks; this one uses only the CSSOM.
 */
export const styleMap = directive(StyleMap);
