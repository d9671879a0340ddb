import type { Curve } from "./curve.ts";
import type { Table } from "./table.ts";

/** What a benchmark found. */
export interface Section {
  readonly tables: readonly Table[];
  /** @default - none is drawn */
  readonly curves?: readonly Curve[];
  /** The versions of what was compared, beside those of the machine. @default - none */
  readonly versions?: Readonly<Record<string, string>>;
}

/** One benchmark: everything that it compares runs within one call of `run`. */
export interface Bench {
  /** The name of its files in `results/`, kebab-case. */
  readonly name: string;
  readonly title: string;
  /** How it measures, in a sentence or two of Markdown. */
  readonly method: string;
  /** Whether it takes minutes: it runs only where it is named. @default false */
  readonly isSlow?: boolean;
  readonly run: () => Promise<Section>;
}
