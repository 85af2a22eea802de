/**
 * What a person sees when the app's own page is damaged on this phone and the network does not give
 * it either, in place of the browser's "no internet".
 */
const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Purrceptron</title>
<h1>Purrceptron cannot start</h1>
<p>A part of the app is missing on this phone. Your photos and models are safe.
<p>Connect to the internet and try again.
<p><a href="">Try again</a>
</html>`;

/** For a request that neither the cache nor the network answered as they should. */
export async function lastResort({ request }: { request: Request }): Promise<Response> {
  if (request.mode !== 'navigate') return Response.error();
  try {
    // A newer version's page: not the one that was to be stored, and as good.
    return await fetch(request);
  } catch {
    return new Response(PAGE, {
      status: 503,
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': "default-src 'none'",
      },
    });
  }
}
