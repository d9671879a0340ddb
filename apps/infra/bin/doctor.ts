import { doctor } from "../lib/doctor/doctor.ts";
import { runCommand } from "../lib/run-command.ts";

await runCommand(() => doctor(process.argv.slice(2)));
