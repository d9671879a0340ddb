import { ownPath } from "../http/own-path.ts";

/** On the site's origin, where a policy of the page may permit it; without it, the page is plain. */
export const stylePath: string = ownPath("overlay.css");

/** The style sheet of the page for a function that failed. */
export const overlayStyle = `:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f6f9, #131419);
  --surface: light-dark(#ffffff, #1a1b22);
  --ink: light-dark(#1d1e27, #e9e9f0);
  --dim: light-dark(#5c5e6f, #a3a5b6);
  --line: light-dark(#e3e2eb, #2d2e39);
  --accent: light-dark(#5636cf, #b3a1ff);
  --failed: light-dark(#b0261c, #ff9b8f);
  --failed-ground: light-dark(#fdeceb, #3c1d1b);
}
* { box-sizing: border-box; }
body {
  margin: 0;
  padding: clamp(16px, 5vw, 56px) 16px;
  background: var(--ground);
  color: var(--ink);
  font: 15px/1.55 system-ui, "Segoe UI", Roboto, sans-serif;
}
main {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 18px;
  max-width: 54rem;
  margin-inline: auto;
  padding: clamp(18px, 4vw, 36px);
  border: 1px solid var(--line);
  border-top: 4px solid var(--failed);
  border-radius: 12px;
  background: var(--surface);
}
h1 { margin: 0; font-size: 20px; line-height: 1.35; color: var(--failed); overflow-wrap: anywhere; }
p { margin: 0; overflow-wrap: anywhere; }
.dim { color: var(--dim); font-size: 13.5px; }
a { color: var(--accent); }
figure { margin: 0; }
figcaption { margin-bottom: 6px; color: var(--dim); font: 12.5px/1.5 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
pre {
  margin: 0;
  padding: 12px 0;
  overflow: auto;
  border: 1px solid var(--line);
  border-radius: 10px;
  background: var(--ground);
  font: 12.5px/1.6 ui-monospace, "SF Mono", Menlo, Consolas, monospace;
}
pre > span { display: block; padding-inline: 14px; white-space: pre; }
pre > mark { display: block; padding-inline: 14px; background: var(--failed-ground); color: var(--failed); white-space: pre; }
`;
