import { writeFileSync } from "node:fs";
import { ledgerPath, ledgerProblems, writeLedger } from "./fidelity-ledger.ts";

writeFileSync(ledgerPath, writeLedger());
const problems = ledgerProblems();
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
