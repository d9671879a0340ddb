import { setTimeout as wait } from "node:timers/promises";
import { type DevClone, startDevClone } from "../edit-loop/dev-clone.ts";
import type { Bench } from "../frame/bench.ts";
import { spreadOf } from "../frame/spread.ts";
import { targetColumns, targetRow } from "../frame/table.ts";

/** One kind of change: what is saved, and how its answer is told. */
interface Change {
  readonly name: string;
  readonly targetMs: number;
  readonly file: string;
  /** The file's text for a round, made from the text that it had. */
  readonly edited: (text: string, round: number) => string;
  readonly path: string;
  readonly isAnswered: (response: Response, body: string, round: number) => boolean;
}

const rounds = 20;
/** How long a word of `pnpm dev` is waited for before it is asked all the same. */
const askAgainMs = 50;
/** Whatever a change still sets off in the background, a synth above all, is over by then. */
const settleMs = 1500;
/** A change that has no answer by then is taken to be missed. */
const answeredWithinMs = 30_000;

const changes: readonly Change[] = [
  {
    name: "a function's source",
    targetMs: 100,
    file: "packages/spa-rewrite/src/lambda.ts",
    edited: (text, round) =>
      `${text.replace("export const handler", "const rewrite")}
export const handler = async (event) => {
  const { request } = event.Records[0].cf;
  return request.uri === "/edited" ? { status: "200", body: "${round}" } : rewrite(event);
};
`,
    path: "/edited",
    isAnswered: (_response, body, round) => body === String(round),
  },
  {
    name: "a file of the site",
    targetMs: 100,
    file: "apps/notes/dist/index.html",
    edited: (text, round) => `${text}<!-- ${round} -->`,
    path: "/notes/1",
    isAnswered: (_response, body, round) => body.endsWith(`<!-- ${round} -->`),
  },
  {
    name: "`edge.config.ts`, a synth",
    targetMs: 1500,
    file: "apps/infra/edge.config.ts",
    edited: (text, round) => text.replace(/watch\?v=[^"&]*/, `$&&edit=${round}`),
    path: "/secret",
    isAnswered: ({ headers }, _body, round) =>
      headers.get("location")?.endsWith(`&edit=${round}`) === true,
  },
];

/** How long it takes from a save to the answer that has the change. */
export const editLoop: Bench = {
  name: "edit-loop",
  title: "Edit loop: from a save to the new answer",
  method: `\`pnpm dev\` in a clone of the workspace; ${rounds} changes of each kind, each ${settleMs} ms after the answer to the one before, in milliseconds from the save to the first answer that has the change, which is asked for whenever \`pnpm dev\` prints what it has done, and every ${askAgainMs} ms.`,
  isSlow: true,
  run: async () => {
    const clone = await startDevClone();
    try {
      const rows: (readonly string[])[] = [];
      for (const change of changes) {
        const spread = spreadOf(await measure(clone, change));
        rows.push(targetRow(change.name, spread, { atMost: change.targetMs }, milliseconds));
      }
      return { tables: [{ columns: targetColumns, rows }] };
    } finally {
      await clone.close();
    }
  },
};

function milliseconds(value: number): string {
  return value < 100 ? value.toPrecision(3) : value.toFixed(0);
}

async function measure(clone: DevClone, change: Change): Promise<readonly number[]> {
  const text = clone.read(change.file);
  const measured: number[] = [];
  // The page has been looked at before: the functions run.
  await isAnswered(clone.url, change, 1);
  for (let round = 1; round <= rounds; round += 1) {
    await wait(settleMs);
    measured.push(await answerMs(clone, change, round, change.edited(text, round)));
  }
  clone.write(change.file, text);
  return measured;
}

/** Returns how long it takes from a save to its answer. */
async function answerMs(
  clone: DevClone,
  change: Change,
  round: number,
  text: string,
): Promise<number> {
  let told = clone.toldLines();
  const savedMs = performance.now();
  clone.write(change.file, text);
  do {
    if (performance.now() - savedMs > answeredWithinMs) {
      throw new Error(
        `Change ${round} of ${change.file} is not answered: got no response that has it within ${answeredWithinMs} ms. pnpm dev printed:\n${clone.lastOutput()}`,
      );
    }
    await clone.toldMore(told, askAgainMs);
    told = clone.toldLines();
  } while (!(await isAnswered(clone.url, change, round)));
  return performance.now() - savedMs;
}

async function isAnswered(url: string, change: Change, round: number): Promise<boolean> {
  const response = await fetch(`${url}${change.path}`, {
    redirect: "manual",
    signal: AbortSignal.timeout(answeredWithinMs),
  });
  return change.isAnswered(response, await response.text(), round);
}
