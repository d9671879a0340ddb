import { ownPath } from "../http/own-path.ts";

/** The paths of the script, and of what it waits at. */
export const scriptPath: string = ownPath("live-reload.js");
export const waitPath: string = ownPath("live-reload-wait.js");

/** The header that has the revision of what is served now. */
export const revisionHeader = "Local-CloudFront-Revision";

/**
 * Waits until something else is served than the page was made of, and loads the page again. A page that nobody
 * sees does not wait: a browser has few connections for one origin. A document that has not changed comes out of
 * the browser's cache with the revision that it had: which one it was reloaded for is kept, so that it is reloaded
 * once.
 */
export const liveReloadScript = `(() => {
  const own = document.currentScript;
  const { nonce, dataset: { revision: made, transport } } = own;
  // What renders the whole document finds it as it was sent.
  own.remove();
  const key = "local-cloudfront " + location.pathname + location.search;
  const [from, to] = (sessionStorage.getItem(key) ?? "").split(" ");
  const revision = from === made ? to : made;
  const url = "${waitPath}?revision=" + revision;
  const byFetch = async () =>
    (await fetch(url, { cache: "no-store" })).headers.get("${revisionHeader}");
  const byScript = () =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.nonce = nonce;
      script.onload = () => resolve(script.dataset.revision);
      script.onerror = reject;
      script.src = url;
      document.head.append(script);
    }).finally(() => document.head.querySelector('script[src="' + url + '"]')?.remove());
  const ask = transport === "fetch" ? byFetch : byScript;
  let isWaiting = false;
  const wait = async () => {
    if (isWaiting) return;
    isWaiting = true;
    while (document.visibilityState === "visible") {
      try {
        const served = await ask();
        if (served !== revision) {
          sessionStorage.setItem(key, made + " " + served);
          location.reload();
          return;
        }
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
    isWaiting = false;
  };
  document.addEventListener("visibilitychange", wait);
  if (document.readyState === "complete") wait();
  else addEventListener("load", wait);
})();
`;

/** Tells a script that waits which revision is served now. */
export function revisionScript(revision: string): string {
  return `document.currentScript?.setAttribute("data-revision", "${revision}");\n`;
}
