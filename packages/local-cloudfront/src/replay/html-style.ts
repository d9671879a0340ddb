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
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
th:first-child, .text { text-align: left; font-weight: normal; overflow-wrap: anywhere; }
thead th { color: var(--quiet); font-weight: normal; }
td:not(.text) { white-space: nowrap; }
.bars { table-layout: fixed; }
.bars td:nth-child(2) { width: 55%; }
svg { display: block; width: 100%; height: 1.1rem; margin-top: 0.2rem; }
rect { fill: var(--bar); }
.rest { fill: var(--line); }
summary { margin: 1rem 0 0.25rem; cursor: pointer; }
li { overflow-wrap: anywhere; }
`;
