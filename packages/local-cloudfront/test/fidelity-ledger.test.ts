import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ledgerPath, ledgerProblems, writeLedger } from "../scripts/fidelity-ledger.ts";

it("each fact is held by a test, or the ledger says why not", () => {
  expect(ledgerProblems()).toEqual([]);
});

it("docs/FIDELITY.md is up to date: `pnpm --filter local-cloudfront fidelity` writes it", () => {
  expect(readFileSync(ledgerPath, "utf8")).toBe(writeLedger());
});
