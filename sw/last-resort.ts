import { pickLanguage, type Language } from '../src/i18n/languages.ts';

/**
 * What a person sees when the app's own page is damaged on this phone and the network does not give
 * it either, in place of the browser's "no internet".
 */
function page({ code, direction }: Language): string {
  const { title, missing, connect, again } = WORDS[code];
  return `<!doctype html>
<html lang="${code}" dir="${direction}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Purrceptron</title>
<h1>${title}</h1>
<p>${missing}
<p>${connect}
<p><a href="">${again}</a>
</html>`;
}

/** Here and not with the other translations, of which this is to depend as little as on the rest. */
const WORDS = {
  en: {
    title: 'Purrceptron cannot start',
    missing: 'A part of the app is missing on this phone. Your photos and models are safe.',
    connect: 'Connect to the internet and try again.',
    again: 'Try again',
  },
  es: {
    title: 'Purrceptron no puede iniciarse',
    missing:
      'Falta una parte de la aplicación en este teléfono. Tus fotos y modelos están a salvo.',
    connect: 'Conéctate a internet e inténtalo de nuevo.',
    again: 'Intentar de nuevo',
  },
  ar: {
    title: 'تعذّر بدء Purrceptron',
    missing: 'جزء من التطبيق مفقود على هذا الهاتف. صورك ونماذجك في أمان.',
    connect: 'اتصل بالإنترنت وحاول مرة أخرى.',
    again: 'حاول مرة أخرى',
  },
} satisfies Record<Language['code'], unknown>;

/** For a request that neither the cache nor the network answered as they should. */
export async function lastResort({ request }: { request: Request }): Promise<Response> {
  if (request.mode !== 'navigate') return Response.error();
  try {
    // A newer version's page: not the one that was to be stored, and as good.
    return await fetch(request);
  } catch {
    // What the person chose in the app is out of reach here: as the phone.
    return new Response(page(pickLanguage(undefined, navigator.languages)), {
      status: 503,
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': "default-src 'none'",
      },
    });
  }
}
