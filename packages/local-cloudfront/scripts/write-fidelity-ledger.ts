import { writeFileSync } from "node:fs";
import { ledgerPath, ledgerProblems, readLedgerSources, writeLedger } from "./fidelity-ledger.ts";

const sources = readLedgerSources();
writeFileSync(ledgerPath, writeLedger(sources));
const problems = ledgerProblems(sources);
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
