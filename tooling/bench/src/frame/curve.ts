/** How costs grow with a size: one line a contestant. */
export interface Curve {
  /** Kebab-case: the end of the file's name. */
  readonly name: string;
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly lines: readonly {
    readonly name: string;
    readonly points: readonly { readonly x: number; readonly y: number }[];
  }[];
}

const width = 640;
const height = 360;
const margin = { top: 40, right: 170, bottom: 48, left: 64 };
/** Told apart by those who do not see all colours. */
const colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

/** Draws a curve as SVG, the sizes on a logarithmic axis. */
export function curveSvg({ title, xLabel, yLabel, lines }: Curve): string {
  const points = lines.flatMap((line) => line.points);
  const xs = points.map(({ x }) => Math.log10(x));
  const left = Math.min(...xs);
  const span = Math.max(...xs) - left || 1;
  const top = niceCeiling(Math.max(...points.map(({ y }) => y)));
  const right = width - margin.right;
  const bottom = height - margin.bottom;
  const toX = (x: number): number =>
    margin.left + ((Math.log10(x) - left) / span) * (right - margin.left);
  const toY = (y: number): number => bottom - (y / top) * (bottom - margin.top);
  const sizes = [...new Set(points.map(({ x }) => x))].toSorted((a, b) => a - b);
  const steps = [0, 0.25, 0.5, 0.75, 1].map((share) => share * top);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${margin.left}" y="22" font-size="14" font-weight="bold">${escape(title)}</text>`,
    ...steps.flatMap((y) => [
      `<line x1="${margin.left}" x2="${right}" y1="${round(toY(y))}" y2="${round(toY(y))}" stroke="#ddd"/>`,
      `<text x="${margin.left - 6}" y="${round(toY(y) + 4)}" text-anchor="end">${label(y)}</text>`,
    ]),
    ...sizes.map(
      (x) =>
        `<text x="${round(toX(x))}" y="${bottom + 18}" text-anchor="middle">${label(x)}</text>`,
    ),
    `<text x="${(margin.left + right) / 2}" y="${height - 10}" text-anchor="middle">${escape(xLabel)}</text>`,
    `<text x="14" y="${(margin.top + bottom) / 2}" text-anchor="middle" transform="rotate(-90 14 ${(margin.top + bottom) / 2})">${escape(yLabel)}</text>`,
    ...lines.flatMap((line, index) => {
      const colour = colours[index % colours.length] ?? "#000";
      const path = line.points.map(({ x, y }) => `${round(toX(x))},${round(toY(y))}`).join(" ");
      const y = margin.top + 6 + index * 18;
      return [
        `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
        ...line.points.map(
          (point) =>
            `<circle cx="${round(toX(point.x))}" cy="${round(toY(point.y))}" r="3" fill="${colour}"/>`,
        ),
        `<rect x="${right + 14}" y="${y - 9}" width="10" height="10" fill="${colour}"/>`,
        `<text x="${right + 30}" y="${y}">${escape(line.name)}</text>`,
      ];
    }),
    "</svg>",
    "",
  ].join("\n");
}

/** The next number of the form 1, 2, 2.5 or 5 times a power of ten. */
function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value || 1));
  return ([1, 2, 2.5, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

function label(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 4 });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
