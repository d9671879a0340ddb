/** The style sheet of the page: the colours are those of the viewer's system. */
export const htmlStyle = `
:root {
  color-scheme: light dark;
  --text: light-dark(#1c2430, #e6e9ee);
  --quiet: light-dark(#5b6675, #9aa5b4);
  --line: light-dark(#d9dee5, #39424f);
  --bar: light-dark(#2463c9, #6ea4ff);
  --ground: light-dark(#ffffff, #14181f);
}
body {
  margin: 2rem auto;
  max-width: 70rem;
  padding: 0 1rem;
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif;
}
h2 { margin-top: 2rem; font-size: 1.2rem; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; white-space: nowrap; }
th { font-weight: normal; }
tbody th, .text { text-align: left; }
tbody th { white-space: normal; }
thead th { color: var(--quiet); }
.examples td:first-child { width: 1%; }
.examples .text { min-width: 6rem; overflow-wrap: anywhere; white-space: normal; }
.bars { table-layout: fixed; }
.bars th { overflow-wrap: anywhere; }
.bars td:nth-child(2) { width: 55%; }
@media (max-width: 40rem) {
  table { font-size: 0.85rem; }
  .bars, .bars tbody { display: block; }
  .bars tr { display: grid; grid-template-columns: 1fr auto; border-bottom: 1px solid var(--line); }
  .bars th { grid-column: 1 / -1; }
  .bars th, .bars td { border: 0; padding-bottom: 0; }
  .bars td:nth-child(2) { width: auto; }
}
svg { display: block; width: 100%; height: 1.1rem; margin-top: 0.2rem; }
rect { fill: var(--bar); }
.rest { fill: var(--line); }
summary { margin: 1rem 0 0.25rem; cursor: pointer; }
li { overflow-wrap: anywhere; }
`;
