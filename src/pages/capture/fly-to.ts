import type { EncodedImage } from '../../image/encode.ts';
import { reducedMotion } from '../../platform/reduced-motion.ts';

const FLIGHT_MS = 180;

/**
 * Animates a photo from the viewfinder's square to a thumbnail, unless the user prefers reduced
 * motion. Never rejects.
 *
 * @param layer the parent of the temporary image
 */
export async function flyTo(
  layer: ParentNode & Node,
  picture: EncodedImage,
  from: DOMRect,
  to: DOMRect,
): Promise<void> {
  if (reducedMotion() || from.width === 0 || to.width === 0) return;
  const url = URL.createObjectURL(new Blob([picture.bytes], { type: picture.type }));
  const image = new Image();
  image.className = 'flight';
  image.alt = '';
  image.src = url;
  try {
    await image.decode();
    for (const [name, value] of Object.entries(boxOf(from))) image.style.setProperty(name, value);
    layer.append(image);
    const scale = to.width / from.width;
    const x = to.left - from.left;
    const y = to.top - from.top;
    await image.animate(
      [
        { transform: 'none', borderRadius: '28px', opacity: 0.9 },
        { transform: `translate(${x}px, ${y}px) scale(${scale})`, opacity: 1 },
      ],
      { duration: FLIGHT_MS, easing: 'cubic-bezier(0.4, 0, 0.6, 1)' },
    ).finished;
  } catch {
    // The animation was interrupted, which does not affect the saved photo.
  } finally {
    image.remove();
    URL.revokeObjectURL(url);
  }
}

function boxOf(rect: DOMRect): Record<string, string> {
  return {
    left: `${rect.left}px`,
    top: `${rect.top}px`,
    width: `${rect.width}px`,
    height: `${rect.height}px`,
  };
}
