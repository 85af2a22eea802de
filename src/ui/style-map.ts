import { noChange, type AttributePart } from 'lit';
import { Directive, directive } from 'lit/directive.js';

/** CSS properties, custom ones (`--fill`) among them; as in CSS or in camel case. */
type StyleProperties = Readonly<Record<string, string | number | null | undefined>>;

class StyleMap extends Directive {
  #before: StyleProperties = {};

  override render(_properties: StyleProperties): unknown {
    return noChange;
  }

  override update(part: AttributePart, [properties]: [StyleProperties]): unknown {
    const { style } = part.element;
    for (const name of Object.keys(this.#before)) {
      if (properties[name] == null) style.removeProperty(cssName(name));
    }
    for (const [name, value] of Object.entries(properties)) {
      if (value == null || value === this.#before[name]) continue;
      style.setProperty(cssName(name), String(value));
    }
    this.#before = properties;
    return noChange;
  }
}

function cssName(name: string): string {
  return name.startsWith('--') ? name : name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
}

/**
 * Sets properties of an element's style: `style=${styleMap({ width: '40%' })}`. Lit's own directive
 * of this name writes a `style` attribute the first time, which the content security policy
 * (`style-src 'self'`) refuses; this one only goes through the CSSOM.
 */
export const styleMap = directive(StyleMap);
