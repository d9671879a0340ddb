import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import {
  ledgerPath,
  ledgerProblems,
  readLedgerSources,
  writeLedger,
} from "../scripts/fidelity-ledger.ts";

const collectingTimeoutMs = 240_000;

it(
  "each fact is held by a test or says why not, and docs/FIDELITY.md is up to date: `pnpm --filter local-cloudfront fidelity` writes it",
  () => {
    const sources = readLedgerSources();
    expect(ledgerProblems(sources)).toEqual([]);
    expect(readFileSync(ledgerPath, "utf8")).toBe(writeLedger(sources));
  },
  collectingTimeoutMs,
);
